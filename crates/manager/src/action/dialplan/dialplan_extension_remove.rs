use ami::action::dialplan::DialplanExtensionRemove;
use ami::refusal::dialplan as refusal;
use dialplan::script::plan::EditError;
use engine::request::{PlanEdit, Request};

use super::extension;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn dialplan_extension_remove(
    cx: &Cx<'_>,
    action: DialplanExtensionRemove,
) -> Result<Reply, Reply> {
    if action.context.is_empty() || action.extension.is_empty() {
        return Err(Reply::error("Context and Extension must be defined."));
    }
    let priority = match &*action.priority {
        "" => None,
        text => Some(extension::priority(text)?),
    };
    let remove = move |plan: &mut dialplan::script::Plan| {
        let (exten, caller) = extension::split(&action.extension);
        plan.remove_extension(&action.context, exten, caller, priority)
    };
    let outcome = cx
        .engine
        .ask(|answer| Request::EditPlan(PlanEdit::new(remove, answer)))
        .await?;
    outcome.map_err(|_: EditError| Reply::error(refusal::NOT_REMOVED))?;
    Ok(Reply::success("Removed the requested extension"))
}
