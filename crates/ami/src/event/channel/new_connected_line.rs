use crate::Event;
use crate::event::group::Channel;

/// A channel learned who is at the other end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct NewConnectedLine<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
