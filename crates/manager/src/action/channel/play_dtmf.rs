use std::time::Duration;

use ami::action::channel::PlayDtmf;
use ami::refusal::channel as refusal;
use engine::request::{NoChannel, Request};
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn play_dtmf(cx: &Cx<'_>, action: PlayDtmf) -> Result<Reply, Reply> {
    let not_found = || Reply::error(refusal::CHANNEL_NOT_FOUND);
    let channel = Text::from(action.channel);
    let name = channel.clone();
    if cx
        .engine
        .ask(|answer| Request::Channel(name, answer))
        .await?
        .is_none()
    {
        return Err(not_found());
    }
    // Whatever its first character is: a digit that means nothing is the channel's to ignore.
    let digit = action
        .digit
        .chars()
        .next()
        .ok_or_else(|| Reply::error(refusal::NO_DIGIT))?;
    let duration = match action.duration.trim() {
        "" => None,
        text => match text.parse::<u32>() {
            Ok(milliseconds) => Some(Duration::from_millis(milliseconds.into())),
            Err(_) => return Err(Reply::error("Could not convert Duration parameter")),
        },
    };
    let receive = config::is_true(&action.receive);
    let outcome = cx
        .engine
        .ask(|reply| Request::PlayDigit {
            channel,
            digit,
            duration,
            receive,
            reply,
        })
        .await?;
    outcome.map_err(|NoChannel| not_found())?;
    Ok(Reply::success("DTMF successfully queued"))
}
