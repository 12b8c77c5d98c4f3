use ami::action::bridging::BridgeKick;
use ami::refusal::bridging as refusal;
use engine::request::{KickFailed, Request};
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn bridge_kick(cx: &Cx<'_>, action: BridgeKick) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::CHANNEL_REQUIRED));
    }
    let bridge = (!action.bridge_uniqueid.is_empty()).then(|| Text::from(action.bridge_uniqueid));
    let channel = action.channel.into();
    let outcome = cx
        .engine
        .ask(|answer| Request::BridgeKick(bridge, channel, answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            KickFailed::NoBridge => refusal::NO_SUCH_BRIDGE,
            KickFailed::NoChannel => refusal::NO_SUCH_CHANNEL,
            KickFailed::NotInBridge => refusal::NOT_IN_BRIDGE,
        })
    })?;
    Ok(Reply::success("Channel has been kicked"))
}
