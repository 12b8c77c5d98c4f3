//! `PJSIP_MOH_PASSTHROUGH()`.

use super::{of_channel, set};
use crate::function::system::call_scope;
use crate::function::{Env, Escalates, Function, FunctionError, Read};

pub(crate) static PJSIP_MOH_PASSTHROUGH: Function = Function {
    name: "PJSIP_MOH_PASSTHROUGH",
    module: "chan_pjsip",
    summary: "Whether the far end is told of a hold, and plays its own music.",
    syntax: "PJSIP_MOH_PASSTHROUGH()",
    arguments: &[],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, _| {
        Box::pin(async move { of_channel(call_scope(scope)?, "moh_passthrough").await })
    })),
    write: Some(write),
};

fn write(env: &mut dyn Env, _: &str, value: &str) -> Result<(), FunctionError> {
    if !["yes", "no"].contains(&value.trim()) {
        return Err(FunctionError::failed(format!(
            "{value:?} is none of yes, no"
        )));
    }
    set(env, "moh_passthrough", value)
}
