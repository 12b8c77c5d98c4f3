//! `EXISTS(data)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static EXISTS: Function = Function {
    name: "EXISTS",
    module: "func_logic",
    summary: "Whether there is something.",
    syntax: "EXISTS(data)",
    arguments: &[Argument {
        name: "data",
        help: "What is looked at: 0 when it is empty, else 1.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(if args.is_empty() { "0" } else { "1" }.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        assert_eq!(call.fill("${EXISTS(${NONE})}${EXISTS(x)}"), "01");
    }
}
