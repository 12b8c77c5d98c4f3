use ami::action::channel::ControlPlayback;
use ami::refusal::channel as refusal;
use engine::request::{NoChannel, Request};
use switch::signal::Stream;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn control_playback(cx: &Cx<'_>, action: ControlPlayback) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::CHANNEL_NOT_SPECIFIED));
    }
    if action.control.is_empty() {
        return Err(Reply::error("Control not specified"));
    }
    let stream = match action.control.to_ascii_lowercase().as_str() {
        "stop" => Stream::Stop,
        "forward" => Stream::Forward,
        "reverse" => Stream::Reverse,
        "pause" => Stream::Pause,
        "restart" => Stream::Restart,
        _ => return Err(Reply::error("Unknown control type")),
    };
    let channel = action.channel.into();
    let outcome = cx
        .engine
        .ask(|reply| Request::ControlPlayback(channel, stream, reply))
        .await?;
    outcome.map_err(|NoChannel| Reply::error(refusal::NO_SUCH_CHANNEL))?;
    Ok(Reply::fields())
}
