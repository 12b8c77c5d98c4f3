use ami::action::channel::LocalOptimizeAway;
use engine::request::{OptimizeFailed, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn local_optimize_away(
    cx: &Cx<'_>,
    action: LocalOptimizeAway,
) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error("'Channel' not specified."));
    }
    let channel = action.channel.into();
    let outcome = cx
        .engine
        .ask(|answer| Request::LocalOptimizeAway(channel, answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            OptimizeFailed::NoChannel => "Channel does not exist.",
            OptimizeFailed::NotLocal => "Unable to find channel",
        })
    })?;
    Ok(Reply::success("Queued channel to be optimized away"))
}
