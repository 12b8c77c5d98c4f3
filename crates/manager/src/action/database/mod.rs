//! The key database.

use ami::action::database::{DbDel, DbDelTree, DbGet, DbGetTree, DbPut};

use super::{Entry, entry};

mod db_del;
mod db_del_tree;
mod db_get;
mod db_get_tree;
mod db_put;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(DbDel, db_del::db_del),
    entry!(DbDelTree, db_del_tree::db_del_tree),
    entry!(DbGet, db_get::db_get),
    entry!(DbGetTree, db_get_tree::db_get_tree),
    entry!(DbPut, db_put::db_put),
];
