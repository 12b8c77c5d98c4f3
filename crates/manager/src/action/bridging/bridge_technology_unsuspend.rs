use ami::action::bridging::BridgeTechnologyUnsuspend;

use super::bridge_technology_suspend::set_suspended;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn bridge_technology_unsuspend(
    cx: &Cx<'_>,
    action: BridgeTechnologyUnsuspend,
) -> Result<Reply, Reply> {
    set_suspended(cx, action.bridge_technology, false).await?;
    Ok(Reply::success("Unsuspended bridge technology"))
}
