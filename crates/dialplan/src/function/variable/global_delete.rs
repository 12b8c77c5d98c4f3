//! `GLOBAL_DELETE(varname)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError};
use crate::scope::CallEnv;

pub(crate) static GLOBAL_DELETE: Function = Function {
    name: "GLOBAL_DELETE",
    module: "func_global",
    summary: "Takes a variable of all channels away.",
    syntax: "GLOBAL_DELETE(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, _: &str) -> Result<(), FunctionError> {
    CallEnv::of(env)?.with(|world| drop(world.switch.globals.remove(args)));
    Ok(())
}
