//! `FIELDNUM(varname,delim,value)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::arguments;

pub(crate) static FIELDNUM: Function = Function {
    name: "FIELDNUM",
    module: "func_strings",
    summary: "At which place of a list a field stands.",
    syntax: "FIELDNUM(varname,delim,value)",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name.",
        },
        Argument {
            name: "delim",
            help: "The character between fields.",
        },
        Argument {
            name: "value",
            help: "The field. Counted from 1; 0 when it is not there.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 3);
    let value = value_of(env, arguments::nth(&args, 0));
    let (delimiter, _) = arguments::escaped(arguments::nth(&args, 1))
        .ok_or_else(|| FunctionError::failed("it wants the character between fields"))?;
    let at = value
        .split(delimiter)
        .position(|field| field == arguments::nth(&args, 2));
    Ok(at.map_or(0, |at| at + 1).to_string())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("L", "one&two&three");
        for (text, value) in [
            ("${FIELDNUM(L,&,two)}", "2"),
            ("${FIELDNUM(L,&,four)}", "0"),
            ("${FIELDNUM(L,&,one)}", "1"),
            ("${FIELDNUM(L)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
