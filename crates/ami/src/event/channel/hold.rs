use crate::Event;
use crate::event::group::Channel;

/// A channel put its peer on hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Hold<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The music that was asked for.
    pub music_class: Option<&'a str>,
}
