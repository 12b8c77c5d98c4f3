//! `JITTERBUFFER(type)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError};

pub(crate) static JITTERBUFFER: Function = Function {
    name: "JITTERBUFFER",
    module: "func_jitterbuffer",
    summary: "Accepted, since what comes from a phone is always put in order and smoothed, as far as it has to be.",
    syntax: "JITTERBUFFER(type)",
    arguments: &[Argument {
        name: "type",
        help: "adaptive, fixed or disabled: all the same here.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, _: &str) -> Result<(), FunctionError> {
    match &*args.trim().to_ascii_lowercase() {
        "adaptive" => Ok(()),
        other @ ("fixed" | "disabled") => {
            env.warn(format!(
                "JITTERBUFFER({other}): the buffer stays adaptive, and is there where sound is mixed"
            ));
            Ok(())
        }
        other => Err(FunctionError::failed(format!(
            "there is no jitter buffer {other:?}"
        ))),
    }
}
