use crate::Event;
use crate::event::group::Channel;

/// A channel's sound goes into a file from now on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct MixMonitorStart<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
