use crate::Action;

/// Lists entries of the key database, all or below a family and key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "DBGetTree",
    privilege(system, reporting),
    items("DBGetTreeResponse"),
    complete = "DBGetTreeComplete"
)]
pub struct DbGetTree {
    /// Only this family.
    pub family: String,
    /// Only this part of the family.
    pub key: String,
}
