//! `BASENAME(filename)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static BASENAME: Function = Function {
    name: "BASENAME",
    module: "func_env",
    summary: "The last part of a file's name.",
    syntax: "BASENAME(filename)",
    arguments: &[Argument {
        name: "filename",
        help: "The file's name.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let path = args.trim_end_matches('/');
    Ok(match path.rsplit_once('/') {
        _ if args.is_empty() => String::new(),
        _ if path.is_empty() => "/".to_owned(),
        Some((_, name)) => name.to_owned(),
        None => path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${BASENAME(/a/b.txt)}", "b.txt"),
            ("${BASENAME(b)}", "b"),
            ("${BASENAME(/a/b//)}", "b"),
            ("${BASENAME(/)}", "/"),
            ("${BASENAME()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
