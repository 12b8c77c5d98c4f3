//! `DELETE(varname)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static DELETE: Function = Function {
    name: "DELETE",
    module: "func_logic",
    summary: "Takes a variable away.",
    syntax: "DELETE(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable's name.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    env.delete_variable(args);
    Ok(String::new())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("V", "1");
        assert_eq!(call.fill("${DELETE(V)}${VARIABLE_EXISTS(V)}"), "0");
    }
}
