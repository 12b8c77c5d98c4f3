use crate::Event;
use crate::event::group::Channel;

/// Somebody began to talk on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct ChannelTalkingStart<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
