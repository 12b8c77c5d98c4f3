use ami::action::bridging::BridgeList;
use ami::event::bridging::{BridgeListComplete, BridgeListItem};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;
use crate::tell::group;

pub(super) async fn bridge_list(cx: &Cx<'_>, action: BridgeList) -> Result<Reply, Reply> {
    let bridges = cx.engine.ask(Request::Bridges).await?;
    let kind = &action.bridge_type;
    let mut list = cx.list("Bridge listing will follow");
    for bridge in &bridges {
        if kind.is_empty() || kind.eq_ignore_ascii_case(bridge.kind) {
            list.item(&BridgeListItem {
                bridge: group::bridge(bridge),
            });
        }
    }
    let items = list.count();
    Ok(list.complete(&BridgeListComplete { items }))
}
