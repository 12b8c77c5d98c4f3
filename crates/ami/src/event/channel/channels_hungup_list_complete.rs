use crate::Event;

/// The end of the list of channels that action Hangup found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct ChannelsHungupListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
