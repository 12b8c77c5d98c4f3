//! `BASE64_DECODE(string)`.

use super::{from_base64, printable};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static BASE64_DECODE: Function = Function {
    name: "BASE64_DECODE",
    module: "func_base64",
    summary: "What a text in base64 says.",
    syntax: "BASE64_DECODE(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text in base64.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(printable(&from_base64(args)?))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${BASE64_DECODE(aGVsbG8gd29ybGQ=)}", "hello world"),
            ("${BASE64_DECODE(aGVsbG8gd29ybGQ)}", "hello world"),
            ("${BASE64_DECODE(aGkAeA==)}", "hi"),
            ("${BASE64_DECODE(*)}", ""),
            ("${BASE64_DECODE()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
