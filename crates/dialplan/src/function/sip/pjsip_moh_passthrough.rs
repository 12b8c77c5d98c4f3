//! `PJSIP_MOH_PASSTHROUGH()`.

use super::{set, setting};
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
        Box::pin(async move {
            let shown = setting(call_scope(scope)?, "moh_passthrough", "moh_passthrough").await?;
            Ok(match &*shown {
                "true" => "yes".to_owned(),
                "false" => "no".to_owned(),
                _ => shown,
            })
        })
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
