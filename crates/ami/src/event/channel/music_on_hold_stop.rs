use crate::Event;
use crate::event::group::Channel;

/// Music ended on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct MusicOnHoldStop<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
