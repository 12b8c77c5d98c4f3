//! `PUSH(varname[,delimiter])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, value_of};
use crate::script::arguments;

pub(crate) static PUSH: Function = Function {
    name: "PUSH",
    module: "func_strings",
    summary: "Puts fields at the end of a list.",
    syntax: "PUSH(varname[,delimiter])",
    arguments: &[
        Argument {
            name: "varname",
            help: "The name of the variable with the list.",
        },
        Argument {
            name: "delimiter",
            help: "The character between fields; a comma if none is given.",
        },
    ],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let args = arguments::split_raw(args, 2);
    let name = arguments::nth(&args, 0);
    let delimiter = arguments::escaped(arguments::nth(&args, 1)).map_or(',', |(c, _)| c);
    let list = value_of(env, name);
    let longer = if list.is_empty() {
        value.to_owned()
    } else {
        format!("{list}{delimiter}{value}")
    };
    env.set_variable(name, &longer);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn lists_grow() {
        let call = Fake::new();
        call.set("PUSH(L)", "a");
        call.set("PUSH(L)", "b");
        call.set("PUSH(L,-)", "c");
        assert_eq!(call.fill("${L}"), "a,b-c");
        assert_eq!(call.fill("${PUSH(L)}"), "");
    }
}
