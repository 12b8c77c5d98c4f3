//! `EXPORT(channel,var)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError};
use crate::scope::{CallEnv, assign};

pub(crate) static EXPORT: Function = Function {
    name: "EXPORT",
    module: "func_export",
    summary: "Sets a variable of another channel.",
    syntax: "EXPORT(channel,var)",
    arguments: &[
        Argument {
            name: "channel",
            help: "The other channel.",
        },
        Argument {
            name: "var",
            help: "Its variable.",
        },
    ],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let (name, variable) = args.split_once(',').unwrap_or((args, ""));
    let env = CallEnv::of(env)?;
    let other = env.with(|world| world.switch.find(name.trim()));
    let other =
        other.ok_or_else(|| FunctionError::failed(format!("there is no channel {name:?}")))?;
    assign(&env.task, Some(other), env.trusted, variable.trim(), value)
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn another_channel_gets_a_variable() {
        let mut bench = Bench::new("exten => s,1,Wait(100)");
        let (one, two) = (bench.call("s"), bench.call("s"));
        bench.set(one, "EXPORT(Test/phone-00000001,V)", "x");
        bench.set(one, "EXPORT(Test/phone-00000001,CALLERID(name))", "Ann");
        assert_eq!(bench.fill(two, "${V} ${CALLERID(name)}"), "x Ann");
        assert_eq!(bench.fill(one, "${V}"), "");
        assert!(
            bench
                .try_set(one, true, "EXPORT(Test/none,V)", "x")
                .is_err()
        );
        assert!(
            bench
                .try_set(one, false, "EXPORT(Test/phone-00000001,DB(a/b))", "x")
                .is_err()
        );
    }
}
