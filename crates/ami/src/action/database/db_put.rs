use crate::Action;

/// Writes one entry of the key database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "DBPut", privilege(system))]
pub struct DbPut {
    /// The family, with slashes between its parts.
    #[action(required)]
    pub family: String,
    /// The key in that family.
    #[action(required)]
    pub key: String,
    /// The value; without it, nothing.
    pub val: String,
}
