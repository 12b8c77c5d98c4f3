use crate::Event;
use crate::event::group::Channel;

/// One direction of a channel is silent in its files, or is not any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct MixMonitorMute<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// `read` is what the channel says, `write` what it hears, `both`.
    pub direction: &'a str,
    /// `1` where it is silent.
    pub state: &'a str,
}
