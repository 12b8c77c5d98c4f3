use crate::Event;
use crate::event::group::Channel;

/// A hangup handler was taken off a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct HangupHandlerPop<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The handler: `context,exten,priority(arguments)`.
    pub handler: &'a str,
}
