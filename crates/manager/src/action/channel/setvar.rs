use ami::action::channel::Setvar;
use ami::refusal::channel as refusal;
use engine::request::{Request, VariableFailed};
use switch::Text;

use super::outside::trust;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn setvar(cx: &Cx<'_>, action: Setvar) -> Result<Reply, Reply> {
    if action.variable.is_empty() {
        return Err(Reply::error(refusal::NO_VARIABLE));
    }
    let channel = (!action.channel.is_empty()).then(|| Text::from(action.channel));
    let (name, value, trust) = (action.variable.into(), action.value.into(), trust(cx));
    let outcome = cx
        .engine
        .ask(|answer| Request::SetVariable(channel, name, value, trust, answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            VariableFailed::NoChannel => refusal::NO_SUCH_CHANNEL,
            VariableFailed::Refused(_) => refusal::VARIABLE_NOT_SET,
        })
    })?;
    Ok(Reply::success("Variable Set"))
}
