//! `DB_EXISTS(family/key)`.

use super::stored;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static DB_EXISTS: Function = Function {
    name: "DB_EXISTS",
    module: "func_db",
    summary: "Whether the key database has a key.",
    syntax: "DB_EXISTS(family/key)",
    arguments: &[
        Argument {
            name: "family",
            help: "The family.",
        },
        Argument {
            name: "key",
            help: "The key; it may have slashes of its own.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let value = stored(env, args)?;
    if let Some(value) = &value {
        env.set_variable("DB_RESULT", value);
    }
    Ok(if value.is_some() { "1" } else { "0" }.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn values() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        bench.set(id, "DB(a/b)", "x");
        assert_eq!(
            bench.fill(id, "${DB_EXISTS(a/b)}${DB_RESULT}${DB_EXISTS(a/c)}"),
            "1x0"
        );
    }
}
