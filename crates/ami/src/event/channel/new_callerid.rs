use crate::Event;
use crate::event::group::Channel;

/// A channel's caller id changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct NewCallerid<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// How the number may be shown, as number and words: `0 (Presentation Allowed, Not Screened)`.
    #[event(name = "CID-CallingPres")]
    pub presentation: &'a str,
}
