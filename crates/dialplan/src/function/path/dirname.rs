//! `DIRNAME(filename)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static DIRNAME: Function = Function {
    name: "DIRNAME",
    module: "func_env",
    summary: "A file's name without its last part.",
    syntax: "DIRNAME(filename)",
    arguments: &[Argument {
        name: "filename",
        help: "The file's name.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(match args.trim_end_matches('/').rsplit_once('/') {
        _ if args.is_empty() => String::new(),
        Some((directory, _)) if directory.trim_end_matches('/').is_empty() => "/".to_owned(),
        Some((directory, _)) => directory.trim_end_matches('/').to_owned(),
        None if args.starts_with('/') => "/".to_owned(),
        None => ".".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${DIRNAME(/a/b.txt)}", "/a"),
            ("${DIRNAME(b)}", "."),
            ("${DIRNAME(/b)}", "/"),
            ("${DIRNAME(/a//b/)}", "/a"),
            ("${DIRNAME(/)}", "/"),
            ("${DIRNAME()}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
