//! `BASE64_ENCODE(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(crate) static BASE64_ENCODE: Function = Function {
    name: "BASE64_ENCODE",
    module: "func_base64",
    summary: "A text in base64.",
    syntax: "BASE64_ENCODE(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(STANDARD.encode(text::to_bytes(args)))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${BASE64_ENCODE(hello world)}", "aGVsbG8gd29ybGQ="),
            ("${BASE64_ENCODE()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
