use ami::action::bridging::BridgeTechnologyList;
use ami::event::bridging::{BridgeTechnologyListComplete, BridgeTechnologyListItem};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn bridge_technology_list(
    cx: &Cx<'_>,
    _: BridgeTechnologyList,
) -> Result<Reply, Reply> {
    let technologies = cx.engine.ask(Request::BridgeTechnologies).await?;
    let mut list = cx.list("Bridge technology listing will follow");
    for technology in &technologies {
        list.item(&BridgeTechnologyListItem {
            bridge_technology: technology.name,
            bridge_type: technology.kind,
            bridge_priority: technology.priority,
            bridge_suspended: technology.suspended,
        });
    }
    let items = list.count();
    Ok(list.complete(&BridgeTechnologyListComplete { items }))
}
