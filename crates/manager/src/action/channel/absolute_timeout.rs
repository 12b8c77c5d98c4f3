use std::time::Duration;

use ami::action::channel::AbsoluteTimeout;
use ami::refusal::channel as refusal;
use engine::request::{NoChannel, Request};

use crate::action::Cx;
use crate::reply::Reply;

/// Seconds at most: ten years.
const MAX: f64 = 315_360_000.0;

pub(super) async fn absolute_timeout(cx: &Cx<'_>, action: AbsoluteTimeout) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::NO_CHANNEL));
    }
    let seconds = action
        .timeout
        .trim()
        .parse()
        .ok()
        .filter(|seconds: &f64| *seconds > 0.0);
    let seconds = seconds.ok_or_else(|| Reply::error(refusal::NO_TIMEOUT))?;
    let after = Duration::from_secs_f64(seconds.min(MAX));
    let channel = action.channel.into();
    let outcome = cx
        .engine
        .ask(|answer| Request::AbsoluteTimeout(channel, Some(after), answer))
        .await?;
    outcome.map_err(|NoChannel| Reply::error(refusal::NO_SUCH_CHANNEL))?;
    Ok(Reply::success("Timeout Set"))
}
