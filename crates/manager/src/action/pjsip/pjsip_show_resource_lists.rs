use ami::action::pjsip::PjsipShowResourceLists;
use ami::event::pjsip::{ResourceListDetail, ResourceListDetailComplete};
use ami::refusal::pjsip as refusal;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_resource_lists(
    cx: &Cx<'_>,
    _: PjsipShowResourceLists,
) -> Result<Reply, Reply> {
    let settings = cx.host.sip().settings();
    if settings.resource_lists.is_empty() {
        return Err(Reply::error(refusal::NO_RESOURCE_LISTS));
    }
    let mut list =
        cx.list("A listing of resource lists follows, presented as ResourceListDetail events");
    for (name, resources) in &settings.resource_lists {
        list.item(&ResourceListDetail {
            object_type: "resource_list",
            object_name: name,
            options: &shown::lines(resources.fields()),
        });
    }
    let items = list.count();
    Ok(list.complete(&ResourceListDetailComplete { items }))
}
