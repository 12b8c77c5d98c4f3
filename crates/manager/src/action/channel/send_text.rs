use ami::action::channel::SendText;
use ami::refusal::channel as refusal;
use engine::request::{Request, SendTextFailed};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn send_text(cx: &Cx<'_>, action: SendText) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::NO_CHANNEL));
    }
    if action.message.is_empty() {
        return Err(Reply::error(refusal::NO_MESSAGE));
    }
    let (channel, message) = (action.channel.into(), action.message.into());
    let outcome = cx
        .engine
        .ask(|answer| Request::SendText(channel, message, answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            SendTextFailed::NoChannel => refusal::NO_SUCH_CHANNEL,
            SendTextFailed::Unsupported => refusal::FAILURE,
        })
    })?;
    Ok(Reply::success("Success"))
}
