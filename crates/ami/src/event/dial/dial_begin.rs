use crate::Event;
use crate::event::group::Channel;

/// A channel is being called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct DialBegin<'a> {
    /// The channel that calls; nobody, when the switch calls.
    #[event(channel)]
    pub channel: Option<Channel<'a>>,
    /// The channel that is called.
    #[event(channel, prefix = "Dest")]
    pub dest: Channel<'a>,
    /// What is called: the resource without the technology.
    pub dial_string: &'a str,
}
