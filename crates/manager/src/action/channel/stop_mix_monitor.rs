use ami::action::channel::StopMixMonitor;
use ami::refusal::channel as refusal;
use engine::request::{MonitorFailed, Request};
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn stop_mix_monitor(cx: &Cx<'_>, action: StopMixMonitor) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::NO_CHANNEL));
    }
    let name = Some(action.mix_monitor_id).filter(|name| !name.is_empty());
    let outcome = cx
        .engine
        .ask(|reply| Request::StopMonitor(action.channel.into(), name.map(Text::from), reply))
        .await?;
    match outcome {
        Ok(()) => Ok(Reply::fields()),
        Err(MonitorFailed::NoChannel) => Err(Reply::error(refusal::NO_SUCH_CHANNEL)),
        Err(MonitorFailed::Refused) => Err(Reply::error(refusal::MONITOR_NOT_STOPPED)),
    }
}
