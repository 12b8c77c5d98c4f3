//! `PJSIP_DTMF_MODE()`.

use super::{set, setting};
use crate::function::system::call_scope;
use crate::function::{Env, Escalates, Function, FunctionError, Read};

pub(crate) static PJSIP_DTMF_MODE: Function = Function {
    name: "PJSIP_DTMF_MODE",
    module: "chan_pjsip",
    summary: "How digits travel in this call.",
    syntax: "PJSIP_DTMF_MODE()",
    arguments: &[],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, _| {
        Box::pin(async move { setting(call_scope(scope)?, "dtmf_mode", "dtmf_mode").await })
    })),
    write: Some(write),
};

fn write(env: &mut dyn Env, _: &str, value: &str) -> Result<(), FunctionError> {
    if !["rfc4733", "inband", "info", "auto", "auto_info", "none"].contains(&value.trim()) {
        return Err(FunctionError::failed(format!(
            "{value:?} is none of rfc4733, inband, info, auto, auto_info, none"
        )));
    }
    set(env, "dtmf_mode", value)
}
