use crate::Action;

/// Reads one entry of the key database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "DBGet",
    privilege(system, reporting),
    items("DBGetResponse"),
    complete = "DBGetComplete"
)]
pub struct DbGet {
    /// The family, with slashes between its parts.
    #[action(required)]
    pub family: String,
    /// The key in that family.
    #[action(required)]
    pub key: String,
}
