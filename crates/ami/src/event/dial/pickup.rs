use crate::Event;
use crate::event::group::Channel;

/// A channel took a call that rang elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Pickup<'a> {
    /// The channel that took it.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The channel that it was taken from.
    #[event(channel, prefix = "Target")]
    pub target: Channel<'a>,
}
