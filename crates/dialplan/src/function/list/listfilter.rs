//! `LISTFILTER(varname,delim,value)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::arguments;

pub(crate) static LISTFILTER: Function = Function {
    name: "LISTFILTER",
    module: "func_strings",
    summary: "A list without one of its fields.",
    syntax: "LISTFILTER(varname,delim,value)",
    arguments: &[
        Argument {
            name: "varname",
            help: "The name of the variable with the list.",
        },
        Argument {
            name: "delim",
            help: "The character between fields; a comma if none is given.",
        },
        Argument {
            name: "value",
            help: "The field that is left out wherever it stands.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 3);
    let value = value_of(env, arguments::nth(&args, 0));
    let delimiter = arguments::escaped(arguments::nth(&args, 1)).map_or(',', |(c, _)| c);
    let kept: Vec<&str> = value
        .split(delimiter)
        .filter(|field| *field != arguments::nth(&args, 2))
        .collect();
    let mut between = [0; 4];
    Ok(kept.join(delimiter.encode_utf8(&mut between)))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("L", "one&two&three");
        for (text, value) in [
            ("${LISTFILTER(L,&,two)}", "one&three"),
            ("${LISTFILTER(L,&,four)}", "one&two&three"),
            ("${LISTFILTER(NONE,&,x)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
