//! `STRREPLACE(varname,find-string[,replace-string[,max-replacements]])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, value_of};
use crate::script::{MAX_LENGTH, arguments};

pub(crate) static STRREPLACE: Function = Function {
    name: "STRREPLACE",
    module: "func_strings",
    summary: "A variable's value with a piece of text replaced.",
    syntax: "STRREPLACE(varname,find-string[,replace-string[,max-replacements]])",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable's name.",
        },
        Argument {
            name: "find-string",
            help: "The piece to look for.",
        },
        Argument {
            name: "replace-string",
            help: "What it becomes; without it the piece is taken out.",
        },
        Argument {
            name: "max-replacements",
            help: "How many of them at the most; all without it.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 4);
    let value = value_of(env, arguments::nth(&args, 0));
    let (find, replacement) = (arguments::nth(&args, 1), arguments::nth(&args, 2));
    if find.is_empty() {
        return Err(FunctionError::failed("it wants the text to look for"));
    }
    let most = arguments::nth(&args, 3)
        .trim()
        .parse()
        .unwrap_or(usize::MAX);
    let mut out = String::with_capacity(value.len());
    let mut rest = value.as_str();
    for _ in 0..most {
        let Some((before, after)) = rest.split_once(find) else {
            break;
        };
        out.push_str(before);
        out.push_str(replacement);
        rest = after;
        if out.len() > MAX_LENGTH {
            return Err(FunctionError::failed(format!(
                "the result is longer than {MAX_LENGTH} bytes"
            )));
        }
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        call.set("V", "hello, world");
        for (text, value) in [
            ("${STRREPLACE(V,l,L,1)}", "heLlo, world"),
            ("${STRREPLACE(V,l,LL)}", "heLLLLo, worLLd"),
            ("${STRREPLACE(V,lo)}", "hel, world"),
            (r#"${STRREPLACE(V,", "," & ")}"#, "hello & world"),
            ("${STRREPLACE(V,l,L,0)}", "hello, world"),
            ("${STRREPLACE(V)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
