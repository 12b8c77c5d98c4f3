//! `SET(varname=value)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, assign};

pub(crate) static SET: Function = Function {
    name: "SET",
    module: "func_logic",
    summary: "Sets a variable in passing.",
    syntax: "SET(varname=value)",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name, or a function.",
        },
        Argument {
            name: "value",
            help: "Its value, which is also what this yields.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (name, value) = args
        .split_once('=')
        .ok_or_else(|| FunctionError::failed("it wants varname=value"))?;
    let value = value.trim();
    assign(env, name.trim(), value)?;
    Ok(value.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${SET(V=5)}${V}", "55"),
            ("${SET( V = a b )}<${V}>", "a b<a b>"),
            ("${SET(HASH(h,k)=7)}${HASH(h,k)}", "77"),
            ("${SET(V)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
