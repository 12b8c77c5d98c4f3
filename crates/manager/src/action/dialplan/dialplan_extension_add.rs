use std::sync::Arc;

use ami::action::dialplan::DialplanExtensionAdd;
use ami::refusal::dialplan as refusal;
use dialplan::script::plan::{EditError, NewStep, PBX_CONFIG};
use engine::request::{PlanEdit, Request};

use super::extension;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn dialplan_extension_add(
    cx: &Cx<'_>,
    action: DialplanExtensionAdd,
) -> Result<Reply, Reply> {
    let needed = [
        &action.context,
        &action.extension,
        &action.priority,
        &action.application,
    ];
    if needed.iter().any(|value| value.is_empty()) {
        return Err(Reply::error(
            "Context, Extension, Priority, and Application must be defined.",
        ));
    }
    let priority = extension::priority(&action.priority)?;
    let replace = config::is_true(&action.replace);
    let add = move |plan: &mut dialplan::script::Plan| {
        let (exten, caller) = extension::split(&action.extension);
        let registrar = Arc::from(PBX_CONFIG);
        plan.add_context(&action.context, &registrar);
        let step = NewStep {
            exten,
            caller,
            priority,
            label: None,
            application: &action.application,
            data: &action.application_data,
            registrar: &registrar,
            source: None,
        };
        plan.add_extension(&action.context, &step, replace)
    };
    let outcome = cx
        .engine
        .ask(|answer| Request::EditPlan(PlanEdit::new(add, answer)))
        .await?;
    outcome.map_err(|why: EditError| match why {
        EditError::StepExists => Reply::error(refusal::ALREADY_THERE),
        other => Reply::error(other.to_string()),
    })?;
    Ok(Reply::success("Added requested extension"))
}
