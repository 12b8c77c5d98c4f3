//! `DIALPLAN_EXISTS(context[,extension[,priority]])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static DIALPLAN_EXISTS: Function = Function {
    name: "DIALPLAN_EXISTS",
    module: "func_dialplan",
    summary: "Whether the dialplan has a context, an extension or a step.",
    syntax: "DIALPLAN_EXISTS(context[,extension[,priority]])",
    arguments: &[
        Argument {
            name: "context",
            help: "The context.",
        },
        Argument {
            name: "extension",
            help: "The extension.",
        },
        Argument {
            name: "priority",
            help: "A number or a label.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let arg = |at| arguments::nth(&args, at);
    if arg(0).is_empty() {
        return Err(FunctionError::failed("it wants a context"));
    }
    let env = CallEnv::of(env)?;
    let channel = env.channel;
    let there = env.with(|world| match (arg(1), arg(2)) {
        ("", "") => world.plan.context(arg(0)).is_some(),
        (exten, "") => world.exists(channel, arg(0), exten, 1),
        (exten, priority) => {
            let priority = world.priority(channel, arg(0), exten, priority);
            priority.is_some_and(|priority| world.exists(channel, arg(0), exten, priority))
        }
    });
    Ok(if there { "1" } else { "0" }.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn contexts_extensions_and_steps() {
        let mut bench = Bench::new("exten => _1XX,1,NoOp()\nsame => n(there),NoOp()");
        for (args, there) in [
            ("default", "1"),
            ("nocontext", "0"),
            ("default,100", "1"),
            ("default,200", "0"),
            ("default,100,2", "1"),
            ("default,100,3", "0"),
            ("default,100,there", "1"),
            ("default,100,nowhere", "0"),
        ] {
            assert_eq!(
                bench.fill(None, &format!("${{DIALPLAN_EXISTS({args})}}")),
                there,
                "{args}"
            );
        }
        assert_eq!(bench.fill(None, "${DIALPLAN_EXISTS()}"), "");
    }
}
