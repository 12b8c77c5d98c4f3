//! `EVAL(variable)`.

use crate::function::{Argument, Escalates, Function, Read};
use crate::script::{Reply, Scope, substitute};

pub(crate) static EVAL: Function = Function {
    name: "EVAL",
    module: "func_strings",
    summary: "A text with its variables filled in once more.",
    syntax: "EVAL(variable)",
    arguments: &[Argument {
        name: "variable",
        help: "The text, most often a variable's value.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Later(read)),
    write: None,
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move { Ok(substitute(args, scope).await.into_owned()) })
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("V", "${N}");
        call.set("N", "42");
        call.set("AGAIN", "${EVAL(${AGAIN})}");
        for (text, value) in [
            ("${EVAL(${V})}", "42"),
            ("${EVAL(plain)}", "plain"),
            ("${EVAL(${AGAIN})}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
