use crate::Event;

/// The end of the list of CoreShowChannels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct CoreShowChannelsComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
