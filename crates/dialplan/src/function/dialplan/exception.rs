//! `EXCEPTION(field)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static EXCEPTION: Function = Function {
    name: "EXCEPTION",
    module: "core",
    summary: "What went wrong and where, in the extension that handles it.",
    syntax: "EXCEPTION(field)",
    arguments: &[Argument {
        name: "field",
        help: "reason, context, exten or priority.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let variable = match args.to_ascii_lowercase().as_str() {
        "reason" => "~EXCEPTION~REASON",
        "context" => "~EXCEPTION~CONTEXT",
        "exten" => "~EXCEPTION~EXTEN",
        "priority" => "~EXCEPTION~PRIORITY",
        _ => {
            return Err(FunctionError::failed(format!(
                "there is no {args:?} of an exception"
            )));
        }
    };
    env.variable(variable)
        .ok_or_else(|| FunctionError::failed("nothing went wrong"))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn what_and_where() {
        let (mut bench, id) =
            Bench::with_call("exten => s,1,RaiseException(mine)\nexten => e,1,Wait(100)");
        let text =
            "${EXCEPTION(reason)} ${EXCEPTION(context)} ${EXCEPTION(exten)} ${EXCEPTION(priority)}";
        assert_eq!(bench.fill(id, text), "mine default s 1");
        assert_eq!(bench.fill(id, "${EXCEPTION(why)}"), "");
        assert_eq!(bench.warnings(), 1);
    }
}
