//! `STRBETWEEN(varname,insert-string)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::{MAX_LENGTH, arguments};

pub(crate) static STRBETWEEN: Function = Function {
    name: "STRBETWEEN",
    module: "func_strings",
    summary: "A variable's value with a text put between its characters.",
    syntax: "STRBETWEEN(varname,insert-string)",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name.",
        },
        Argument {
            name: "insert-string",
            help: "The text that goes between.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let value = value_of(env, arguments::nth(&args, 0));
    let insert = arguments::nth(&args, 1);
    if value.len().saturating_mul(insert.len()) > MAX_LENGTH {
        return Err(FunctionError::failed(format!(
            "the result is longer than {MAX_LENGTH} bytes"
        )));
    }
    let mut out = String::new();
    for c in value.chars() {
        if !out.is_empty() {
            out.push_str(insert);
        }
        out.push(c);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("V", "12ü");
        for (text, value) in [
            ("${STRBETWEEN(V,-)}", "1-2-ü"),
            ("${STRBETWEEN(V,&SIP/)}", "1&SIP/2&SIP/ü"),
            ("${STRBETWEEN(V)}", "12ü"),
            ("${STRBETWEEN(NONE,-)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
