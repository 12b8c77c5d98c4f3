//! `INC(variable)`.

use super::stepped;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static INC: Function = Function {
    name: "INC",
    module: "func_math",
    summary: "Sets a variable to one more.",
    syntax: "INC(variable)",
    arguments: &[Argument {
        name: "variable",
        help: "The variable's name; its new value is also what this yields.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    stepped(env, args, 1)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("N", "42");
        call.set("TEXT", "4x");
        for (text, value) in [
            ("${INC(N)}${N}", "4343"),
            ("${INC(TEXT)}", ""),
            ("${INC(NONE)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
