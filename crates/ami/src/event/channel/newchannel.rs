use crate::Event;
use crate::event::group::Channel;

/// A channel came into being.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Newchannel<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
