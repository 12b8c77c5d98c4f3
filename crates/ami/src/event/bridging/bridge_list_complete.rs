use crate::Event;

/// The end of the list of BridgeList.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct BridgeListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
