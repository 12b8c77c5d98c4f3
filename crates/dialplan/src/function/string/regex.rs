//! `REGEX("regular expression" string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::posix;

pub(crate) static REGEX: Function = Function {
    name: "REGEX",
    module: "func_strings",
    summary: "Whether a regular expression matches a text.",
    syntax: "REGEX(\"regular expression\" string)",
    arguments: &[
        Argument {
            name: "\"regular expression\"",
            help: "The expression, in quotes.",
        },
        Argument {
            name: "string",
            help: "The text. One space in front of it does not count.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (expression, data) = args
        .split_once('"')
        .and_then(|(_, rest)| quoted(rest))
        .ok_or_else(|| FunctionError::failed("it wants a regular expression in quotes"))?;
    let data = data.strip_prefix(' ').unwrap_or(data);
    let regex =
        posix::compile(&expression).map_err(|error| FunctionError::failed(error.to_string()))?;
    Ok(if regex.is_match(data) { "1" } else { "0" }.to_owned())
}

/// Reads up to the closing quote; a quote inside has a backslash, which goes.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((text[..at].replace("\\\"", "\""), &text[at + 1..])),
            '\\' => drop(chars.next()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            (r#"${REGEX("^A.*e$" Alice)}"#, "1"),
            (r#"${REGEX("xyz" Alice)}"#, "0"),
            (r#"${REGEX("^ a"  a)}"#, "1"),
            (r#"${REGEX("^\+[0-9]+$" +49)}"#, "1"),
            (r#"${REGEX("^\"" "x)}"#, "1"),
            (r#"${REGEX("(" a)}"#, ""),
            ("${REGEX(a)}", ""),
            (r#"${REGEX("")}"#, "1"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
