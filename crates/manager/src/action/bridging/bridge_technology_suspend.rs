use ami::action::bridging::BridgeTechnologySuspend;
use ami::refusal::bridging as refusal;
use engine::request::{NoTechnology, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn bridge_technology_suspend(
    cx: &Cx<'_>,
    action: BridgeTechnologySuspend,
) -> Result<Reply, Reply> {
    set_suspended(cx, action.bridge_technology, true).await?;
    Ok(Reply::success("Suspended bridge technology"))
}

/// Suspends a way of mixing, or takes it up again.
pub(super) async fn set_suspended(cx: &Cx<'_>, name: String, on: bool) -> Result<(), Reply> {
    if name.is_empty() {
        return Err(Reply::error(refusal::TECHNOLOGY_REQUIRED));
    }
    let name = name.into();
    let outcome = cx
        .engine
        .ask(|answer| Request::SuspendTechnology(name, on, answer))
        .await?;
    outcome.map_err(|NoTechnology| Reply::error(refusal::NO_SUCH_TECHNOLOGY))
}
