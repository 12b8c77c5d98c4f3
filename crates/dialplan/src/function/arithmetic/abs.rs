//! `ABS(num)`.

use super::written;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, number};

pub(crate) static ABS: Function = Function {
    name: "ABS",
    module: "func_math",
    summary: "A number without its sign.",
    syntax: "ABS(num)",
    arguments: &[Argument {
        name: "num",
        help: "The number.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    number(args)
        .map(|number| written(number.abs()))
        .ok_or_else(|| FunctionError::failed(format!("\"{args}\" is not a number")))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${ABS(-3)}", "3"),
            ("${ABS(3)}", "3"),
            ("${ABS(-1.5)}", "1.500000"),
            ("${ABS(x)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
