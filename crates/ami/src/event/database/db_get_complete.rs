use crate::Event;

/// The end of the list of DBGet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DBGetComplete", complete)]
pub struct DbGetComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
