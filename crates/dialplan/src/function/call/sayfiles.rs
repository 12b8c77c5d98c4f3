//! `SAYFILES(value[,type])`.

use crate::app::sound::say;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static SAYFILES: Function = Function {
    name: "SAYFILES",
    module: "func_sayfiles",
    summary: "The sound files that say something.",
    syntax: "SAYFILES(value[,type])",
    arguments: &[
        Argument {
            name: "value",
            help: "What to say.",
        },
        Argument {
            name: "type",
            help: "alpha, digits, number or phonetic; alpha if left out.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let kind = match arguments::nth(&args, 1) {
        "" => "alpha",
        kind => kind,
    };
    let value = arguments::nth(&args, 0);
    let files = say::files(&format!("{kind}:{value}"));
    let files = files
        .ok_or_else(|| FunctionError::failed(format!("{value:?} cannot be said as {kind}")))?;
    Ok(files.join("&"))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn values() {
        let mut bench = Bench::new("exten => s,1,NoOp()");
        assert_eq!(
            bench.fill(None, "${SAYFILES(35,number)}"),
            "digits/30&digits/5"
        );
        assert_eq!(bench.fill(None, "${SAYFILES(a1)}"), "letters/a&digits/1");
        assert_eq!(bench.fill(None, "${SAYFILES(35,money)}"), "");
        assert_eq!(bench.warnings(), 1);
    }
}
