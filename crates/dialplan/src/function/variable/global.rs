//! `GLOBAL(varname)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static GLOBAL: Function = Function {
    name: "GLOBAL",
    module: "func_global",
    summary: "A variable of all channels.",
    syntax: "GLOBAL(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let value = CallEnv::of(env)?.with(|world| world.switch.variable(None, args));
    Ok(value.unwrap_or_default().to_string())
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    CallEnv::of(env)?.with(|world| world.switch.set_variable(None, args, value));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn all_channels_see_it() {
        let mut bench = Bench::new("exten => s,1,Wait(100)");
        let (one, two) = (bench.call("s"), bench.call("s"));
        bench.set(one, "GLOBAL(G)", "x");
        bench.set(two, "G", "own");
        let text = "${G}${GLOBAL(G)}${GLOBAL_EXISTS(G)}";
        assert_eq!(bench.fill(one, text), "xx1");
        assert_eq!(bench.fill(two, text), "ownx1");
        bench.set(one, "GLOBAL_DELETE(G)", "");
        assert_eq!(bench.fill(one, text), "0");
    }
}
