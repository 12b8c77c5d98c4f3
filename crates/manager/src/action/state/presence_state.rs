use ami::action::state::PresenceState;
use ami::refusal::state as refusal;
use engine::request::Request;
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn presence_state(cx: &Cx<'_>, action: PresenceState) -> Result<Reply, Reply> {
    if action.provider.is_empty() {
        return Err(Reply::error(refusal::NO_PROVIDER));
    }
    let provider = Text::from(&*action.provider);
    let found = cx
        .engine
        .ask(|answer| Request::Presence(provider, answer))
        .await?;
    let presence =
        found.ok_or_else(|| Reply::error(refusal::invalid_provider(&action.provider)))?;
    let mut reply = Reply::success("Presence State").line("State", presence.state.word());
    if !presence.subtype.is_empty() {
        reply = reply.line("Subtype", &*presence.subtype);
    }
    if !presence.message.is_empty() {
        // Under both names: the first is also that of the reply's own message.
        reply = reply
            .line("Message", &*presence.message)
            .line("PresenceMessage", &*presence.message);
    }
    Ok(reply)
}
