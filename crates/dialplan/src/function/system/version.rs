//! `VERSION([info])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static VERSION: Function = Function {
    name: "VERSION",
    module: "func_version",
    summary: "The version of Asterisk whose dialplan this is.",
    syntax: "VERSION([info])",
    arguments: &[Argument {
        name: "info",
        help: "ASTERISK_VERSION_NUM: as a number.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    match args {
        "" => Ok("22.0.0".to_owned()),
        "ASTERISK_VERSION_NUM" => Ok("220000".to_owned()),
        _ => Err(FunctionError::failed(format!("{args:?} is not known here"))),
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn values() {
        let mut bench = Bench::new("exten => s,1,NoOp()");
        assert_eq!(
            bench.fill(None, "$[${VERSION(ASTERISK_VERSION_NUM)} >= 130000]"),
            "1"
        );
        assert_eq!(bench.fill(None, "${CUT(VERSION(),.,1)}"), "22");
        assert_eq!(bench.fill(None, "${VERSION(BUILD_USER)}"), "");
    }
}
