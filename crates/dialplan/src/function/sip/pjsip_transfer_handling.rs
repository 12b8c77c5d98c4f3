//! `PJSIP_TRANSFER_HANDLING([mode])`.

use super::set;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};

pub(crate) static PJSIP_TRANSFER_HANDLING: Function = Function {
    name: "PJSIP_TRANSFER_HANDLING",
    module: "chan_pjsip",
    summary: "Who deals with a transfer that the far end asks for.",
    syntax: "PJSIP_TRANSFER_HANDLING([mode])",
    arguments: &[Argument {
        name: "mode",
        help: "Accepted; what is assigned counts.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, _: &str, value: &str) -> Result<(), FunctionError> {
    if !["core", "ari-only"].contains(&value.trim()) {
        return Err(FunctionError::failed(format!(
            "{value:?} is none of core, ari-only"
        )));
    }
    set(env, "transfer_handling", value)
}
