//! `DB_KEYS(prefix)`.

use super::{below, prefix};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static DB_KEYS: Function = Function {
    name: "DB_KEYS",
    module: "func_db",
    summary: "The keys directly below a prefix of the key database.",
    syntax: "DB_KEYS(prefix)",
    arguments: &[Argument {
        name: "prefix",
        help: "A family, with a part of a key behind a slash; all families without it.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let prefix = prefix(args);
    let mut names = below(env, &prefix)?
        .iter()
        .filter_map(|key| {
            key.strip_prefix(&prefix)?
                .strip_prefix('/')?
                .split('/')
                .next()
        })
        .map(str::to_owned)
        .collect::<Vec<_>>();
    names.dedup();
    Ok(names.join(","))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn names_of_the_next_level() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        for key in ["a/b", "a/c/1", "a/c/2", "b/x"] {
            bench.set(id, &format!("DB({key})"), "v");
        }
        assert_eq!(
            bench.fill(
                id,
                "${DB_KEYS(a)}|${DB_KEYS(a/c/)}|${DB_KEYS()}|${DB_KEYS(none)}"
            ),
            "b,c|1,2|a,b|"
        );
        assert_eq!(
            bench.fill(id, "${DB_KEYCOUNT(a)}${DB_KEYCOUNT(a/c)}${DB_KEYCOUNT()}"),
            "324"
        );
    }
}
