//! `MAX(num1,num2)`.

use super::of_two;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static MAX: Function = Function {
    name: "MAX",
    module: "func_math",
    summary: "The larger of two numbers.",
    syntax: "MAX(num1,num2)",
    arguments: &[
        Argument {
            name: "num1",
            help: "A number.",
        },
        Argument {
            name: "num2",
            help: "Another.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    of_two(args, f64::max)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${MAX(3,1,2)}", "3"),
            ("${MAX(1.5,-2)}", "1.500000"),
            ("${MAX(4)}", "4"),
            ("${MAX(a,1)}", ""),
            ("${MAX()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
