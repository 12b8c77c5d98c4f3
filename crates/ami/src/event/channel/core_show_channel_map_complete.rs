use crate::Event;

/// The end of the list of CoreShowChannelMap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct CoreShowChannelMapComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
