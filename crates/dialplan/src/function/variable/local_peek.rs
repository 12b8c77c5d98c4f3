//! `LOCAL_PEEK(n,varname)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static LOCAL_PEEK: Function = Function {
    name: "LOCAL_PEEK",
    module: "app_stack",
    summary: "A variable of a subroutine further out.",
    syntax: "LOCAL_PEEK(n,varname)",
    arguments: &[
        Argument {
            name: "n",
            help: "How many subroutines further out; 0 is the present one.",
        },
        Argument {
            name: "varname",
            help: "The variable.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let (levels, name) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    let out = levels.trim().parse::<usize>();
    let out =
        out.map_err(|_| FunctionError::failed("it wants a number of subroutines and a variable"))?;
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let value = env.with(|world| {
        let channel = world.switch.channel(id)?;
        match channel.subroutines.iter().nth_back(out) {
            Some(level) => level.variables.get(name).cloned(),
            None if out == channel.subroutines.len() => channel.variables.get(name).cloned(),
            None => None,
        }
    });
    Ok(value.unwrap_or_default().to_string())
}
