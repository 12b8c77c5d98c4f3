//! `MIN(num1,num2)`.

use super::of_two;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static MIN: Function = Function {
    name: "MIN",
    module: "func_math",
    summary: "The smaller of two numbers.",
    syntax: "MIN(num1,num2)",
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
    of_two(args, f64::min)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${MIN(3,1,2)}", "1"),
            ("${MIN(1.5,-2)}", "-2"),
            ("${MIN(4)}", "4"),
            ("${MIN(a,1)}", ""),
            ("${MIN()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
