use ami::action::channel::MuteAudio;
use ami::refusal::channel as refusal;
use engine::request::{MuteDirection, NoChannel, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn mute_audio(cx: &Cx<'_>, action: MuteAudio) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::CHANNEL_NOT_SPECIFIED));
    }
    if action.state.is_empty() {
        return Err(Reply::error("State not specified"));
    }
    if action.direction.is_empty() {
        return Err(Reply::error("Direction not specified"));
    }
    let direction = match action.direction.to_ascii_lowercase().as_str() {
        "in" => MuteDirection::In,
        "out" => MuteDirection::Out,
        "all" => MuteDirection::All,
        _ => return Err(Reply::error("Direction is invalid")),
    };
    let (channel, on) = (action.channel.into(), config::is_true(&action.state));
    let outcome = cx
        .engine
        .ask(|reply| Request::MuteAudio {
            channel,
            direction,
            on,
            reply,
        })
        .await?;
    outcome.map_err(|NoChannel| Reply::error(refusal::CHANNEL_NOT_FOUND))?;
    Ok(Reply::fields())
}
