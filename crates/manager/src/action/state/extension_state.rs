use ami::action::state::ExtensionState;
use ami::refusal::state as refusal;
use engine::request::Request;
use switch::Text;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn extension_state(cx: &Cx<'_>, action: ExtensionState) -> Result<Reply, Reply> {
    if action.exten.is_empty() {
        return Err(Reply::error(refusal::NO_EXTENSION));
    }
    let exten = Text::from(action.exten);
    let context = if action.context.is_empty() {
        "default".into()
    } else {
        action.context.into()
    };
    let (asked, place): (Text, Text) = (exten.clone(), context);
    let context = place.clone();
    let found = cx
        .engine
        .ask(|answer| Request::ExtensionState(asked, place, answer))
        .await?;
    Ok(Reply::success("Extension Status")
        .line("Exten", &*exten)
        .line("Context", &*context)
        .line("Hint", &*found.hint)
        .line("Status", &found.state.figure())
        .line("StatusText", found.state.word()))
}
