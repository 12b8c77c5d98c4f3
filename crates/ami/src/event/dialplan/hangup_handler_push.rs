use crate::Event;
use crate::event::group::Channel;

/// A hangup handler was put on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct HangupHandlerPush<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The handler: `context,exten,priority(arguments)`.
    pub handler: &'a str,
}
