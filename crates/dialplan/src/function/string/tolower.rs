//! `TOLOWER(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static TOLOWER: Function = Function {
    name: "TOLOWER",
    module: "func_strings",
    summary: "A text in lower case.",
    syntax: "TOLOWER(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text. Only letters of ASCII change.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(args.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [("${TOLOWER(Bär 1)}", "bär 1"), ("${TOLOWER()}", "")] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
