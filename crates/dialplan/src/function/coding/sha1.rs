//! `SHA1(data)`.

use sha1::{Digest, Sha1};

use super::hex;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static SHA1: Function = Function {
    name: "SHA1",
    module: "func_sha1",
    summary: "The SHA-1 digest of a text.",
    syntax: "SHA1(data)",
    arguments: &[Argument {
        name: "data",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(hex(&Sha1::digest(text::to_bytes(args))))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${SHA1(hello)}", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
            ("${SHA1()}", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
