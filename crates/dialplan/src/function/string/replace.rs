//! `REPLACE(varname,find-chars[,replace-char])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::arguments;

pub(crate) static REPLACE: Function = Function {
    name: "REPLACE",
    module: "func_strings",
    summary: "A variable's value with characters replaced or taken out.",
    syntax: "REPLACE(varname,find-chars[,replace-char])",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name.",
        },
        Argument {
            name: "find-chars",
            help: "The characters to look for.",
        },
        Argument {
            name: "replace-char",
            help: "What each becomes; without it they are taken out.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 3);
    let value = value_of(env, arguments::nth(&args, 0));
    let find = arguments::unescape(arguments::nth(&args, 1));
    let replacement = arguments::escaped(arguments::nth(&args, 2)).map(|(c, _)| c);
    if find.is_empty() {
        return Err(FunctionError::failed("it wants the characters to look for"));
    }
    let replaced = |c: char| {
        if find.contains(c) {
            replacement
        } else {
            Some(c)
        }
    };
    Ok(value.chars().filter_map(replaced).collect())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("V", "hello, world");
        for (text, value) in [
            ("${REPLACE(V,e,E)}", "hEllo, world"),
            ("${REPLACE(V,lo)}", "he, wrd"),
            (r"${REPLACE(V,\x2c,;)}", "hello; world"),
            (r"${REPLACE(V,\,)}", "hello world"),
            ("${REPLACE(V,x,y)}", "hello, world"),
            ("${REPLACE(V)}", ""),
            ("${REPLACE(NONE,a,b)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
