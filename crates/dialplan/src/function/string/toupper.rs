//! `TOUPPER(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static TOUPPER: Function = Function {
    name: "TOUPPER",
    module: "func_strings",
    summary: "A text in upper case.",
    syntax: "TOUPPER(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text. Only letters of ASCII change.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(args.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [("${TOUPPER(Bär 1)}", "BäR 1"), ("${TOUPPER()}", "")] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
