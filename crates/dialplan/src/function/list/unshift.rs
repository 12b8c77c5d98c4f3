//! `UNSHIFT(varname[,delimiter])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, value_of};
use crate::script::arguments;

pub(crate) static UNSHIFT: Function = Function {
    name: "UNSHIFT",
    module: "func_strings",
    summary: "Puts fields at the start of a list.",
    syntax: "UNSHIFT(varname[,delimiter])",
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
        format!("{value}{delimiter}{list}")
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
        call.set("UNSHIFT(L)", "a");
        call.set("UNSHIFT(L)", "b");
        call.set("UNSHIFT(L,-)", "c");
        assert_eq!(call.fill("${L}"), "c-b,a");
        assert_eq!(call.fill("${UNSHIFT(L)}"), "");
    }
}
