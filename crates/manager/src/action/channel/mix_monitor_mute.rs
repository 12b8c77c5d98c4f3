use ami::action::channel::MixMonitorMute;
use ami::refusal::channel as refusal;
use engine::request::{MonitorFailed, MuteDirection, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mix_monitor_mute(cx: &Cx<'_>, action: MixMonitorMute) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::NO_CHANNEL));
    }
    let direction = match action.direction.to_ascii_lowercase().as_str() {
        "read" => MuteDirection::In,
        "write" => MuteDirection::Out,
        "both" => MuteDirection::All,
        _ => return Err(Reply::error(refusal::MONITOR_DIRECTION)),
    };
    if action.state.is_empty() {
        return Err(Reply::error(refusal::NO_STATE));
    }
    let (channel, on) = (action.channel.into(), config::is_true(&action.state));
    let outcome = cx
        .engine
        .ask(|reply| Request::MuteMonitors {
            channel,
            direction,
            on,
            reply,
        })
        .await?;
    match outcome {
        Ok(()) => Ok(Reply::fields()),
        Err(MonitorFailed::NoChannel) => Err(Reply::error(refusal::NO_SUCH_CHANNEL)),
        Err(MonitorFailed::Refused) => Err(Reply::error(refusal::MONITOR_NOT_MUTED)),
    }
}
