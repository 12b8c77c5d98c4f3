use crate::Event;
use crate::event::group::Channel;

/// Somebody stopped talking on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct ChannelTalkingStop<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// For how long, in milliseconds.
    pub duration: u64,
}
