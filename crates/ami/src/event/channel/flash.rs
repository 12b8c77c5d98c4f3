use crate::Event;
use crate::event::group::Channel;

/// The hook of a channel was flashed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Flash<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
