use crate::Event;

/// The end of the list of BridgeTechnologyList.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct BridgeTechnologyListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
