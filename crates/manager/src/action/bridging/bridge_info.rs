use ami::action::bridging::BridgeInfo;
use ami::event::bridging::{BridgeInfoChannel, BridgeInfoComplete};
use ami::refusal::bridging as refusal;
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;
use crate::tell::group;

/// There is no such bridge.
pub(super) const NOT_FOUND: &str = "Bridge specified by BridgeUniqueid not found";

pub(super) async fn bridge_info(cx: &Cx<'_>, action: BridgeInfo) -> Result<Reply, Reply> {
    if action.bridge_uniqueid.is_empty() {
        return Err(Reply::error(refusal::BRIDGE_REQUIRED));
    }
    let bridge = action.bridge_uniqueid.into();
    let found = cx
        .engine
        .ask(|answer| Request::Bridge(bridge, answer))
        .await?;
    let (bridge, channels) = found.ok_or_else(|| Reply::error(NOT_FOUND))?;
    let mut list = cx.list("Bridge channel listing will follow");
    for channel in &channels {
        list.item(&BridgeInfoChannel {
            channel: group::channel(channel),
        });
    }
    let items = list.count();
    Ok(list.complete(&BridgeInfoComplete {
        items,
        bridge: group::bridge(&bridge),
    }))
}
