use crate::Event;
use crate::event::group::Channel;

/// Something else waits in a mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct MessageWaiting<'a> {
    /// The channel that left a message; none where a program outside counts.
    #[event(channel)]
    pub channel: Option<Channel<'a>>,
    /// As `mailbox@context`.
    pub mailbox: &'a str,
    /// `1` where new messages wait, `0` where none do.
    pub waiting: u8,
    /// Messages that nobody heard yet.
    pub new: u32,
    /// Messages that were heard.
    pub old: u32,
}
