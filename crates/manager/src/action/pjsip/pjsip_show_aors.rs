use ami::action::pjsip::PjsipShowAors;
use ami::event::pjsip::{AorList, AorListComplete};
use ami::refusal::pjsip as refusal;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_aors(cx: &Cx<'_>, _: PjsipShowAors) -> Result<Reply, Reply> {
    let settings = cx.host.sip().settings();
    if settings.aors.is_empty() {
        return Err(Reply::error(refusal::NO_AORS));
    }
    let mut list = cx.list("A listing of AORs follows, presented as AorList events");
    for (name, aor) in &settings.aors {
        list.item(&AorList {
            object_type: "aor",
            object_name: name,
            options: &shown::aor_lines(aor, &shown::fixed(aor), "Contacts"),
        });
    }
    let items = list.count();
    Ok(list.complete(&AorListComplete { items }))
}
