//! `HINT(extension[@context][,options])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static HINT: Function = Function {
    name: "HINT",
    module: "func_devstate",
    summary: "What an extension's hint watches.",
    syntax: "HINT(extension[@context][,options])",
    arguments: &[
        Argument {
            name: "extension",
            help: "The extension.",
        },
        Argument {
            name: "options",
            help: "n: the name in the hint, which hints here do not have.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let place = arguments::nth(&args, 0);
    let (exten, context) = place.split_once('@').unwrap_or((place, "default"));
    if exten.is_empty() {
        return Err(FunctionError::failed("it wants an extension"));
    }
    if arguments::nth(&args, 1).contains('n') {
        return Ok(String::new());
    }
    let watched = CallEnv::of(env)?.with(|world| world.hint(context, exten));
    Ok(watched.unwrap_or_default().to_string())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn hints() {
        let mut bench =
            Bench::new("exten => 7000,hint,Custom:lamp&Custom:bell\nexten => 7000,1,NoOp()");
        let text = "${HINT(7000)} ${HINT(7000@default)}${HINT(7000,n)}${HINT(7001)}";
        assert_eq!(
            bench.fill(None, text),
            "Custom:lamp&Custom:bell Custom:lamp&Custom:bell"
        );
    }
}
