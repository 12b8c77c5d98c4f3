use ami::action::channel::MixMonitor;
use ami::refusal::channel as refusal;
use engine::request::{MonitorFailed, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mix_monitor(cx: &Cx<'_>, action: MixMonitor) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::NO_CHANNEL));
    }
    let outcome = cx
        .engine
        .ask(|reply| Request::StartMonitor {
            channel: action.channel.into(),
            file: action.file.into(),
            options: action.options.into(),
            command: action.command.into(),
            reply,
        })
        .await?;
    match outcome {
        Ok(()) => Ok(Reply::fields()),
        Err(MonitorFailed::NoChannel) => Err(Reply::error(refusal::NO_SUCH_CHANNEL)),
        Err(MonitorFailed::Refused) => Err(Reply::error(refusal::MONITOR_NOT_STARTED)),
    }
}
