//! `VARIABLE_EXISTS(varname)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static VARIABLE_EXISTS: Function = Function {
    name: "VARIABLE_EXISTS",
    module: "func_logic",
    summary: "Whether a variable is set, be it to nothing.",
    syntax: "VARIABLE_EXISTS(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable's name.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(if env.variable(args).is_some() {
        "1"
    } else {
        "0"
    }
    .to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("V", "");
        assert_eq!(
            call.fill("${VARIABLE_EXISTS(V)}${VARIABLE_EXISTS(NONE)}"),
            "10"
        );
    }
}
