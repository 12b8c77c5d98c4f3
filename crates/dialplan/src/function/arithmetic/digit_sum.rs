//! `DIGIT_SUM(num)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static DIGIT_SUM: Function = Function {
    name: "DIGIT_SUM",
    module: "func_math",
    summary: "The sum of a number's digits.",
    syntax: "DIGIT_SUM(num)",
    arguments: &[Argument {
        name: "num",
        help: "The number.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let digits = args.trim().strip_prefix('-').unwrap_or(args.trim());
    let sum = digits
        .chars()
        .try_fold(0, |sum, c| Some(sum + c.to_digit(10)?));
    match sum {
        Some(sum) if !digits.is_empty() => Ok(sum.to_string()),
        _ => Err(FunctionError::failed(format!(
            "\"{args}\" is not a whole number"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${DIGIT_SUM(12345)}", "15"),
            ("${DIGIT_SUM(-7)}", "7"),
            ("${DIGIT_SUM(1x)}", ""),
            ("${DIGIT_SUM()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
