//! `POP(varname[,delimiter])`.

use super::List;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static POP: Function = Function {
    name: "POP",
    module: "func_strings",
    summary: "The last field of a list, which loses it.",
    syntax: "POP(varname[,delimiter])",
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
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let list = List::named(env, args);
    let fields = list.fields.as_str();
    let (rest, last) = fields.rsplit_once(list.delimiter).unwrap_or(("", fields));
    env.set_variable(&list.name, rest);
    Ok(last.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("L", "a,b,c");
        call.set("D", "x-y");
        for (text, value) in [
            ("${POP(L)}", "c"),
            ("${L}", "a,b"),
            ("${POP(L)} ${POP(L)}<${L}>", "b a<>"),
            ("<${POP(L)}>", "<>"),
            ("${POP(D,-)}", "y"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
