use ami::action::channel::Getvar;
use ami::refusal::channel as refusal;
use engine::request::{Request, Trust, VariableFailed};
use switch::Text;

use super::outside::{may_evaluate, trust};
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn getvar(cx: &Cx<'_>, action: Getvar) -> Result<Reply, Reply> {
    if action.variable.is_empty() {
        return Err(Reply::error(refusal::NO_VARIABLE));
    }
    if !may_evaluate(cx.user, &action.variable) {
        return Err(Reply::error(refusal::GETVAR_FORBIDDEN));
    }
    let channel = (!action.channel.is_empty()).then(|| Text::from(action.channel));
    let name = Text::from(&*action.variable);
    let trust: Trust = trust(cx);
    let found = cx
        .engine
        .ask(|answer| Request::GetVariable(channel, name, trust, answer))
        .await?;
    let value = match found {
        Ok(value) => value,
        Err(VariableFailed::NoChannel) => return Err(Reply::error(refusal::NO_SUCH_CHANNEL)),
        // A function that does not exist or does not answer reads as nothing.
        Err(VariableFailed::Refused(_)) => Text::default(),
    };
    Ok(Reply::fields()
        .line("Variable", &*action.variable)
        .line("Value", &*value))
}
