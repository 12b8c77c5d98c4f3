//! `FILTER(allowed-chars,string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static FILTER: Function = Function {
    name: "FILTER",
    module: "func_strings",
    summary: "A text with only the characters that are allowed.",
    syntax: "FILTER(allowed-chars,string)",
    arguments: &[
        Argument {
            name: "allowed-chars",
            help: "The characters, and ranges of them such as `a-z`. `\\x2c` is a comma, and a hyphen stands first or after a backslash.",
        },
        Argument {
            name: "string",
            help: "The text.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 2);
    let allowed = ranges(arguments::nth(&args, 0));
    let is_allowed = |c: &char| {
        allowed
            .iter()
            .any(|(first, last)| (first..=last).contains(&c))
    };
    Ok(arguments::nth(&args, 1)
        .chars()
        .filter(is_allowed)
        .collect())
}

/// Reads `a-z\x30-9_`; a hyphen that has nothing on one side is itself.
fn ranges(mut text: &str) -> Vec<(char, char)> {
    let mut ranges = Vec::new();
    while let Some((first, rest)) = arguments::escaped(text) {
        let range = rest.strip_prefix('-').and_then(arguments::escaped);
        let (last, rest) = range.unwrap_or((first, rest));
        ranges.push((first, last));
        text = rest;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${FILTER(0-9,(555) 123-4567)}", "5551234567"),
            (r"${FILTER(\x41-Z,Hello World)}", "HW"),
            ("${FILTER(-a,b-a,c)}", "-a"),
            (r"${FILTER(a\-c,abc-)}", "ac-"),
            ("${FILTER(a-,ab-)}", "a-"),
            ("${FILTER(z-a,xyz)}", ""),
            ("${FILTER(ü,aüb)}", "ü"),
            (r"${FILTER(\x2c0-9,1,2;3)}", "1,23"),
            ("${FILTER()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
