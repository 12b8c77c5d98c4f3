//! `FIELDQTY(varname,delim)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::arguments;

pub(crate) static FIELDQTY: Function = Function {
    name: "FIELDQTY",
    module: "func_strings",
    summary: "How many fields a variable's value has.",
    syntax: "FIELDQTY(varname,delim)",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name.",
        },
        Argument {
            name: "delim",
            help: "The character between fields.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 2);
    let value = value_of(env, arguments::nth(&args, 0));
    let delimiter = arguments::escaped(arguments::nth(&args, 1)).map(|(c, _)| c);
    let fields = match delimiter {
        _ if value.is_empty() => 0,
        None => 1,
        Some(delimiter) => value.split(delimiter).count(),
    };
    Ok(fields.to_string())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("L", "one&two&three");
        call.set("C", "a,b");
        for (text, value) in [
            ("${FIELDQTY(L,&)}", "3"),
            ("${FIELDQTY(NONE,&)}", "0"),
            ("${FIELDQTY(L,-)}", "1"),
            ("${FIELDQTY(L)}", "1"),
            (r"${FIELDQTY(C,\,)}", "2"),
            ("${FIELDQTY(C,,)}", "2"),
            ("${FIELDQTY(TOUPPER(a&b),&)}", "2"),
            ("${FIELDQTY(L:4,&)}", "2"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
