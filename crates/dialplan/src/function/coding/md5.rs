//! `MD5(data)`.

use md5::{Digest, Md5};

use super::hex;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static MD5: Function = Function {
    name: "MD5",
    module: "func_md5",
    summary: "The MD5 digest of a text.",
    syntax: "MD5(data)",
    arguments: &[Argument {
        name: "data",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(hex(&Md5::digest(text::to_bytes(args))))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${MD5(hello)}", "5d41402abc4b2a76b9719d911017c592"),
            ("${MD5()}", "d41d8cd98f00b204e9800998ecf8427e"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
