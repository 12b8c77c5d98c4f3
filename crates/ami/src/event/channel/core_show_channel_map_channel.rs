use crate::Event;

/// A channel of the list that CoreShowChannelMap asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct CoreShowChannelMapChannel<'a> {
    /// The channel's name.
    pub connected_channel: &'a str,
}
