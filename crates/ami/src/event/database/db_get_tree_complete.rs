use crate::Event;

/// The end of the list of DBGetTree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DBGetTreeComplete", complete)]
pub struct DbGetTreeComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
