//! `MAX(num1,num2)`.

use super::written;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, number};
use crate::script::arguments;

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
    let args = arguments::split(args, 2);
    let given = |at: usize| Some(arguments::nth(&args, at)).filter(|text| !text.is_empty());
    let parse = |text: &str| {
        number(text).ok_or_else(|| FunctionError::failed(format!("\"{text}\" is not a number")))
    };
    match (
        given(0).map(parse).transpose()?,
        given(1).map(parse).transpose()?,
    ) {
        (Some(one), Some(two)) => Ok(written(one.max(two))),
        (Some(one), None) | (None, Some(one)) => Ok(written(one)),
        (None, None) => Err(FunctionError::failed("it wants two numbers")),
    }
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
