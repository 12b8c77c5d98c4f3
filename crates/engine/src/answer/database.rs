//! Requests about the key database.

use std::sync::Arc;

use dialplan::world::{Answer, Change, Shared, keys_below};
use switch::Text;

use crate::request::{DatabaseFailed, Responder};

/// The key under which a family's entry is kept, such as `/family/key`.
pub(super) fn full_key(family: &str, key: &str) -> Text {
    Text::from(format!("/{family}/{key}"))
}

pub(super) fn put(
    shared: &Shared,
    family: &str,
    key: &str,
    value: Text,
    reply: Responder<Result<(), DatabaseFailed>>,
) {
    let change = Change::Put {
        key: full_key(family, key),
        value,
    };
    shared
        .borrow_mut()
        .change_database(change, move |answer| reply.send(outcome(answer, ())));
}

pub(super) fn delete(
    shared: &Shared,
    family: &str,
    key: &str,
    reply: Responder<Result<bool, DatabaseFailed>>,
) {
    let key = full_key(family, key);
    let mut world = shared.borrow_mut();
    if !world.switch.database.contains_key(&key) {
        return reply.send(Ok(false));
    }
    world.change_database(Change::Delete { key }, move |answer| {
        reply.send(outcome(answer, true))
    });
}

pub(super) fn delete_tree(
    shared: &Shared,
    family: &str,
    key: &str,
    reply: Responder<Result<usize, DatabaseFailed>>,
) {
    let prefix = match (family, key) {
        ("", _) => Text::default(),
        (family, "") => Text::from(format!("/{family}")),
        (family, key) => full_key(family, key),
    };
    let mut world = shared.borrow_mut();
    let count = keys_below(&world.switch.database, &prefix).len();
    if count == 0 {
        return reply.send(Ok(0));
    }
    let change = Change::DeleteTree { prefix };
    world.change_database(change, move |answer| reply.send(outcome(answer, count)));
}

pub(super) fn tree(shared: &Shared, prefix: &str) -> Vec<(Text, Text)> {
    let world = shared.borrow();
    let database = &world.switch.database;
    let keys = keys_below(database, prefix);
    keys.into_iter()
        .filter_map(|key| {
            let value = database.get(&key)?;
            Some((Arc::clone(&key), value.clone()))
        })
        .collect()
}

fn outcome<T>(answer: Answer, done: T) -> Result<T, DatabaseFailed> {
    match answer {
        Answer::Failed(why) => Err(DatabaseFailed(why)),
        _ => Ok(done),
    }
}
