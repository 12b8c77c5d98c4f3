use crate::Event;

/// The end of the list of ExtensionStateList.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct ExtensionStateListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
