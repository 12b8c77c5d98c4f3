//! `PUSH(varname[,delimiter])`.

use super::List;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};

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
    let list = List::named(env, args);
    let longer = if list.fields.is_empty() {
        value.to_owned()
    } else {
        format!("{}{}{value}", list.fields, list.delimiter)
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
        call.set("PUSH(L)", "a");
        call.set("PUSH(L)", "b");
        call.set("PUSH(L,-)", "c");
        assert_eq!(call.fill("${L}"), "a,b-c");
        assert_eq!(call.fill("${PUSH(L)}"), "");
    }
}
