//! `KEYPADHASH(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static KEYPADHASH: Function = Function {
    name: "KEYPADHASH",
    module: "func_strings",
    summary: "The keys of a telephone that carry a text's letters.",
    syntax: "KEYPADHASH(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text. What is on no key is left out.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(args.chars().filter_map(key).collect())
}

fn key(c: char) -> Option<char> {
    Some(match c.to_ascii_lowercase() {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        digit @ '0'..='9' => digit,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${KEYPADHASH(Les)}", "537"),
            (
                "${KEYPADHASH(abcdefghijklmnopqrstuvwxyz)}",
                "22233344455566677778889999",
            ),
            ("${KEYPADHASH(ü-1 0)}", "10"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
