//! `DB_DELETE(family/key)`.

use super::{key, stored};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::world::Change;

pub(crate) static DB_DELETE: Function = Function {
    name: "DB_DELETE",
    module: "func_db",
    summary: "Takes a value out of the key database, and yields it.",
    syntax: "DB_DELETE(family/key)",
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
    escalates: Escalates::Both,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let value = stored(env, args)?;
    if let Some(value) = &value {
        env.set_variable("DB_RESULT", value);
        write(env, args, "")?;
    }
    Ok(value.map(|value| value.to_string()).unwrap_or_default())
}

/// Takes it out, whatever is assigned.
fn write(env: &mut dyn Env, args: &str, _: &str) -> Result<(), FunctionError> {
    let change = Change::Delete { key: key(args)? };
    CallEnv::of(env)?.with(|world| world.change_database(change, drop));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn values_go() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        bench.set(id, "DB(a/b)", "x");
        bench.set(id, "DB(a/c)", "y");
        assert_eq!(
            bench.fill(id, "${DB_DELETE(a/b)}${DB_DELETE(a/b)}${DB_KEYCOUNT(a)}"),
            "x1"
        );
        bench.set(id, "DB_DELETE(a/c)", "");
        assert_eq!(bench.fill(id, "${DB_KEYCOUNT(a)}"), "0");
    }
}
