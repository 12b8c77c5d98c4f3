//! The dialplan itself.

mod dialplan_exists;
mod eval_exten;
mod eval_sub;
mod exception;
mod stack_peek;

pub(crate) use dialplan_exists::DIALPLAN_EXISTS;
pub(crate) use eval_exten::EVAL_EXTEN;
pub(crate) use eval_sub::EVAL_SUB;
pub(crate) use exception::EXCEPTION;
pub(crate) use stack_peek::STACK_PEEK;

use super::FunctionError;
use crate::call::Call;
use crate::scope::CallScope;
use crate::script::Scope;

/// The call that a function is used in.
fn call(scope: &dyn Scope) -> Result<Call, FunctionError> {
    let scope = scope
        .as_any()
        .and_then(|scope| scope.downcast_ref::<CallScope>());
    let call = scope.and_then(|scope| {
        Some(Call {
            task: scope.task.clone(),
            id: scope.channel?,
        })
    });
    call.ok_or_else(|| FunctionError::failed("it needs a channel"))
}
