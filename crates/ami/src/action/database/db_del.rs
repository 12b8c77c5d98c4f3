use crate::Action;

/// Deletes one entry of the key database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "DBDel", privilege(system))]
pub struct DbDel {
    /// The family, with slashes between its parts.
    #[action(required)]
    pub family: String,
    /// The key in that family.
    #[action(required)]
    pub key: String,
}
