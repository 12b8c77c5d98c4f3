use ami::action::bridging::BridgeDestroy;
use ami::refusal::bridging as refusal;
use engine::request::{NoBridge, Request};

use super::bridge_info::NOT_FOUND;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn bridge_destroy(cx: &Cx<'_>, action: BridgeDestroy) -> Result<Reply, Reply> {
    if action.bridge_uniqueid.is_empty() {
        return Err(Reply::error(refusal::BRIDGE_REQUIRED));
    }
    let bridge = action.bridge_uniqueid.into();
    let outcome = cx
        .engine
        .ask(|answer| Request::BridgeDestroy(bridge, answer))
        .await?;
    outcome.map_err(|NoBridge| Reply::error(NOT_FOUND))?;
    Ok(Reply::success("Bridge has been destroyed"))
}
