//! `IF(expression?[true][:false])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::{arguments, condition};

pub(crate) static IF: Function = Function {
    name: "IF",
    module: "func_logic",
    summary: "One of two values, as a condition says.",
    syntax: "IF(expression?[true][:false])",
    arguments: &[
        Argument {
            name: "expression",
            help: "The condition: empty and 0 are no.",
        },
        Argument {
            name: "true",
            help: "The value if it holds.",
        },
        Argument {
            name: "false",
            help: "The value if it does not.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_at(args, '?', 2);
    let choice = arguments::split_at(arguments::nth(&args, 1), ':', 2);
    let expression = arguments::nth(&args, 0).trim();
    if expression.is_empty() || choice.is_empty() {
        return Err(FunctionError::failed("it wants a condition and a value"));
    }
    let at = usize::from(!condition(expression));
    Ok(arguments::nth(&choice, at).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${IF(1?a,b:c)}", "a,b"),
            ("${IF(0?yes:no)}", "no"),
            ("${IF(0?yes)}", ""),
            ("${IF(1? yes : no )}", "yes"),
            ("${IF(0? yes : no )}", "no"),
            (r#"${IF("x"?"a:b":c)}"#, "a:b"),
            ("${IF(text?y:n)}", "y"),
            ("${IF(1?:n)}", ""),
            ("${IF(?a:b)}", ""),
            ("${IF()}", ""),
            ("${IF(1)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
