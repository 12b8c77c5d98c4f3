//! `RTRIM(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static RTRIM: Function = Function {
    name: "RTRIM",
    module: "func_strings",
    summary: "A text without the white space at the end.",
    syntax: "RTRIM(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(args
        .trim_end_matches([' ', '\t', '\r', '\n', '\x0b', '\x0c'])
        .to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [("<${RTRIM( a b )}>", "< a b>"), ("${RTRIM(   )}", "")] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
