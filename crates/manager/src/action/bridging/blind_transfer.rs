use ami::action::bridging::BlindTransfer;
use ami::refusal::{bridging as refusal, channel};
use engine::request::{Request, TransferFailed};
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn blind_transfer(cx: &Cx<'_>, action: BlindTransfer) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(channel::NO_CHANNEL));
    }
    if action.exten.is_empty() {
        return Err(Reply::error(refusal::NO_EXTENSION));
    }
    let channel = Text::from(action.channel);
    let context = if action.context.is_empty() {
        let name = channel.clone();
        let found = cx
            .engine
            .ask(|answer| Request::Channel(name, answer))
            .await?;
        found
            .ok_or_else(|| Reply::error(refusal::NO_CHANNEL))?
            .context
            .clone()
    } else {
        action.context.into()
    };
    let exten = action.exten.into();
    let outcome = cx
        .engine
        .ask(|reply| Request::BlindTransfer {
            channel,
            context,
            exten,
            reply,
        })
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            TransferFailed::NoChannel => refusal::NO_CHANNEL,
            TransferFailed::Invalid => refusal::TRANSFER_INVALID,
            TransferFailed::NotPermitted => refusal::TRANSFER_NOT_PERMITTED,
            TransferFailed::NoExtension => refusal::TRANSFER_FAILED,
        })
    })?;
    Ok(Reply::success("Transfer succeeded"))
}
