//! `ISNULL(data)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static ISNULL: Function = Function {
    name: "ISNULL",
    module: "func_logic",
    summary: "Whether there is nothing.",
    syntax: "ISNULL(data)",
    arguments: &[Argument {
        name: "data",
        help: "What is looked at: 1 when it is empty, else 0.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(if args.is_empty() { "1" } else { "0" }.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        assert_eq!(call.fill("${ISNULL(${NONE})}${ISNULL(x)}"), "10");
    }
}
