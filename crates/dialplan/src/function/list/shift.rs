//! `SHIFT(varname[,delimiter])`.

use super::List;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static SHIFT: Function = Function {
    name: "SHIFT",
    module: "func_strings",
    summary: "The first field of a list, which loses it.",
    syntax: "SHIFT(varname[,delimiter])",
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
    let (first, rest) = fields.split_once(list.delimiter).unwrap_or((fields, ""));
    env.set_variable(&list.name, rest);
    Ok(first.to_owned())
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
            ("${SHIFT(L)}", "a"),
            ("${L}", "b,c"),
            ("${SHIFT(L)} ${SHIFT(L)}<${L}>", "b c<>"),
            ("<${SHIFT(L)}>", "<>"),
            ("${SHIFT(D,-)}", "x"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
