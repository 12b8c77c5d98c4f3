use crate::Event;
use crate::event::group::Channel;

/// A channel took its peer off hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Unhold<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
