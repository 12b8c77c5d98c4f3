use crate::Event;
use crate::event::group::Channel;

/// Music began on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct MusicOnHoldStart<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The class of music.
    pub class: &'a str,
}
