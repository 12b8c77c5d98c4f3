use ami::action::pjsip::PjsipShowAuths;
use ami::event::pjsip::{AuthList, AuthListComplete};
use ami::refusal::pjsip as refusal;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_auths(cx: &Cx<'_>, _: PjsipShowAuths) -> Result<Reply, Reply> {
    let settings = cx.host.sip().settings();
    if settings.auths.is_empty() {
        return Err(Reply::error(refusal::NO_AUTHS));
    }
    let mut list = cx.list("A listing of Auths follows, presented as AuthList events");
    for (name, auth) in &settings.auths {
        list.item(&AuthList {
            object_type: "auth",
            object_name: name,
            options: &shown::lines(auth.fields()),
        });
    }
    let items = list.count();
    Ok(list.complete(&AuthListComplete { items }))
}
