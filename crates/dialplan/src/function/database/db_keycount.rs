//! `DB_KEYCOUNT(prefix)`.

use super::{below, prefix};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static DB_KEYCOUNT: Function = Function {
    name: "DB_KEYCOUNT",
    module: "func_db",
    summary: "How many keys the key database has at a prefix and below.",
    syntax: "DB_KEYCOUNT(prefix)",
    arguments: &[Argument {
        name: "prefix",
        help: "A family, with a part of a key behind a slash; everything without it.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    Ok(below(env, &prefix(args))?.len().to_string())
}
