use crate::Event;
use crate::event::group::Channel;

/// A channel's state changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Newstate<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
