//! The key database.

mod db;
mod db_delete;
mod db_exists;
mod db_keycount;
mod db_keys;

pub(crate) use db::DB;
pub(crate) use db_delete::DB_DELETE;
pub(crate) use db_exists::DB_EXISTS;
pub(crate) use db_keycount::DB_KEYCOUNT;
pub(crate) use db_keys::DB_KEYS;

use switch::Text;

use super::{Env, FunctionError};
use crate::scope::CallEnv;
use crate::world::keys_below;

/// The full key of `family/key`.
fn key(args: &str) -> Result<Text, FunctionError> {
    match args.split_once('/') {
        Some((family, key)) if !family.is_empty() && !key.is_empty() => {
            Ok(Text::from(format!("/{family}/{key}")))
        }
        _ => Err(FunctionError::failed(format!("{args:?} is not family/key"))),
    }
}

/// The value of `family/key`.
fn stored(env: &mut dyn Env, args: &str) -> Result<Option<Text>, FunctionError> {
    let key = key(args)?;
    CallEnv::of(env).map(|env| env.with(|world| world.switch.database.get(&key).cloned()))
}

/// The full key of a prefix, without a slash at its end.
fn prefix(args: &str) -> String {
    match args.trim_matches('/') {
        "" => String::new(),
        inner => format!("/{inner}"),
    }
}

/// The full keys at a prefix and below it.
fn below(env: &mut dyn Env, prefix: &str) -> Result<Vec<Text>, FunctionError> {
    CallEnv::of(env).map(|env| env.with(|world| keys_below(&world.switch.database, prefix)))
}
