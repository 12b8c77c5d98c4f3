use ami::action::bridging::Bridge;
use ami::refusal::bridging as refusal;
use engine::request::{JoinFailed, Request};

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn bridge(cx: &Cx<'_>, action: Bridge) -> Result<Reply, Reply> {
    if action.channel1.is_empty() || action.channel2.is_empty() {
        return Err(Reply::error(refusal::MISSING_CHANNEL));
    }
    let (one, two) = ((&*action.channel1).into(), (&*action.channel2).into());
    let outcome = cx
        .engine
        .ask(|answer| Request::JoinChannels(one, two, answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            JoinFailed::NoFirst => format!("Channel1 does not exists: {}", action.channel1),
            JoinFailed::NoSecond => format!("Channel2 does not exists: {}", action.channel2),
            JoinFailed::NotUp | JoinFailed::Loop => "Unable to add Channel1 to bridge".to_owned(),
        })
    })?;
    Ok(Reply::success("Channels have been bridged"))
}
