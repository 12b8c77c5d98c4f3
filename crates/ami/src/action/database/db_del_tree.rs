use crate::Action;

/// Deletes a family of the key database, or all below a key in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "DBDelTree", privilege(system))]
pub struct DbDelTree {
    /// The family, with slashes between its parts.
    #[action(required)]
    pub family: String,
    /// The part of the family to delete; without it, all of it.
    pub key: String,
}
