//! `PASSTHRU(string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static PASSTHRU: Function = Function {
    name: "PASSTHRU",
    module: "func_strings",
    summary: "The text that it is given.",
    syntax: "PASSTHRU(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text; for functions that want a variable's name where one has the text itself.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(args.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        assert_eq!(call.fill(r#"${PASSTHRU(a,"b")}"#), r#"a,"b""#);
    }
}
