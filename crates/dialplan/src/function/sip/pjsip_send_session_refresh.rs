//! `PJSIP_SEND_SESSION_REFRESH([update_type])`.

use super::set;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};

pub(crate) static PJSIP_SEND_SESSION_REFRESH: Function = Function {
    name: "PJSIP_SEND_SESSION_REFRESH",
    module: "chan_pjsip",
    summary: "Has the sound negotiated anew.",
    syntax: "PJSIP_SEND_SESSION_REFRESH([update_type])",
    arguments: &[Argument {
        name: "update_type",
        help: "invite or update, unless that is assigned.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let value = match value.trim() {
        "" => args.trim(),
        value => value,
    };
    if !["", "invite", "update"].contains(&value) {
        return Err(FunctionError::failed(format!(
            "{value:?} is none of invite, update"
        )));
    }
    set(env, "session_refresh", value)
}
