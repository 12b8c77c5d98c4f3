//! `LEN(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static LEN: Function = Function {
    name: "LEN",
    module: "func_strings",
    summary: "How many bytes a text has.",
    syntax: "LEN(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(text::to_bytes(args).len().to_string())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${LEN()}", "0"),
            ("${LEN(a,b c)}", "5"),
            ("${LEN(ü)}", "2"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }

    #[test]
    fn a_byte_that_is_not_utf_8_is_one() {
        assert_eq!(
            Fake::new().fill(&format!("${{LEN({})}}", text::decode(b"caf\xe9"))),
            "4"
        );
    }
}
