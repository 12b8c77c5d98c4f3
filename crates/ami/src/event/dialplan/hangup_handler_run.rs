use crate::Event;
use crate::event::group::Channel;

/// A hangup handler began to run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct HangupHandlerRun<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The handler: `context,exten,priority(arguments)`.
    pub handler: &'a str,
}
