//! `CSV_QUOTE(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static CSV_QUOTE: Function = Function {
    name: "CSV_QUOTE",
    module: "func_strings",
    summary: "A text in quotes, as a CSV file wants it.",
    syntax: "CSV_QUOTE(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text. Quotes in it are doubled.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(format!("\"{}\"", args.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            (r#"${CSV_QUOTE(say "hi",x)}"#, r#""say ""hi"",x""#),
            ("${CSV_QUOTE()}", r#""""#),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
