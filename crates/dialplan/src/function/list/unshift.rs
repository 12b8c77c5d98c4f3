//! `UNSHIFT(varname[,delimiter])`.

use super::List;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};

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
    let list = List::named(env, args);
    let longer = if list.fields.is_empty() {
        value.to_owned()
    } else {
        format!("{value}{}{}", list.delimiter, list.fields)
    };
    env.set_variable(&list.name, &longer);
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
