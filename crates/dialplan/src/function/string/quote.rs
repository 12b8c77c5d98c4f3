//! `QUOTE(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static QUOTE: Function = Function {
    name: "QUOTE",
    module: "func_strings",
    summary: "A text in quotes.",
    syntax: "QUOTE(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text. Quotes and backslashes in it get a backslash.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let mut out = String::with_capacity(args.len() + 2);
    out.push('"');
    for c in args.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    Ok(out)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            (r#"${QUOTE(say "hi")}"#, r#""say \"hi\"""#),
            (r"${QUOTE(a\b)}", r#""a\\b""#),
            ("${QUOTE()}", r#""""#),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
