use crate::Event;

/// The end of the list of action Status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct StatusComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
    /// The number of channels, the same again.
    #[event(name = "Items")]
    pub channels: u64,
}
