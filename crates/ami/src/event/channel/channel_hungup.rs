use crate::Event;

/// A channel that action Hangup found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item_id_last)]
pub struct ChannelHungup<'a> {
    /// The channel's name.
    pub channel: &'a str,
}
