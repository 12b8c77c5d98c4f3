//! `DB(family/key)`.

use switch::Text;

use super::{key, stored};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::world::Change;

pub(crate) static DB: Function = Function {
    name: "DB",
    module: "func_db",
    summary: "A value of the key database.",
    syntax: "DB(family/key)",
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
    escalates: Escalates::Write,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let value = stored(env, args)?;
    if let Some(value) = &value {
        env.set_variable("DB_RESULT", value);
    }
    Ok(value.map(|value| value.to_string()).unwrap_or_default())
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let change = Change::Put {
        key: key(args)?,
        value: Text::from(value),
    };
    CallEnv::of(env)?.with(|world| world.change_database(change, drop));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use crate::function::FunctionError;
    use crate::world::{Change, Question};

    #[test]
    fn values_are_kept_and_outsiders_only_read() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        assert_eq!(bench.fill(id, "${DB(none/none)}"), "");
        bench.set(id, "DB(a/b/c)", "stored");
        let (key, value) = ("/a/b/c".into(), "stored".into());
        assert_eq!(
            bench.asked,
            [Question::Database(Change::Put { key, value })]
        );
        assert_eq!(bench.fill(id, "${DB(a/b/c)} ${DB_RESULT}"), "stored stored");
        let refused = Err(FunctionError::Refused);
        assert_eq!(bench.try_set(None, false, "DB(a/b/c)", "x"), refused);
        assert!(bench.try_set(None, true, "DB(nokey)", "x").is_err());
    }
}
