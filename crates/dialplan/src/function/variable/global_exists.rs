//! `GLOBAL_EXISTS(varname)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static GLOBAL_EXISTS: Function = Function {
    name: "GLOBAL_EXISTS",
    module: "func_global",
    summary: "Whether all channels have a variable.",
    syntax: "GLOBAL_EXISTS(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let there = CallEnv::of(env)?.with(|world| world.switch.globals.get(args).is_some());
    Ok(if there { "1" } else { "0" }.to_owned())
}
