//! `IMPORT(channel,variable)`.

use super::beside;
use crate::function::{Argument, Escalates, Function, FunctionError, Read};
use crate::script::{Reply, Scope};

pub(crate) static IMPORT: Function = Function {
    name: "IMPORT",
    module: "func_logic",
    summary: "A variable of another channel.",
    syntax: "IMPORT(channel,variable)",
    arguments: &[
        Argument {
            name: "channel",
            help: "The other channel.",
        },
        Argument {
            name: "variable",
            help: "Its variable.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Later(read)),
    write: None,
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move {
        let (name, variable) = args.split_once(',').unwrap_or((args, ""));
        let other = beside(scope, |world, _| world.switch.find(name.trim()));
        match other {
            Some(other) => Ok(crate::script::read(variable.trim(), &other).await),
            None => Err(FunctionError::failed(format!(
                "there is no channel {name:?}"
            ))),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn another_channel_s_variables_and_functions() {
        let mut bench = Bench::new("exten => s,1,Wait(100)\nexten => t,1,Wait(100)");
        let (one, two) = (bench.call("s"), bench.call("t"));
        bench.set(two, "V", "x");
        let text = "${IMPORT(Test/phone-00000001,V)} ${IMPORT(Test/phone-00000001,CHANNEL(exten))}";
        assert_eq!(bench.fill(one, text), "x t");
        assert_eq!(bench.fill(one, "${IMPORT(Test/none,V)}"), "");
        assert_eq!(bench.warnings(), 1);
    }
}
