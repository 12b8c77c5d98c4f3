use crate::Event;
use crate::event::group::Channel;

/// A digit ended on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DTMFEnd", class(dtmf))]
pub struct DtmfEnd<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// One of 0-9, A-D, `*` and `#`.
    pub digit: &'a str,
    /// How long it was, in milliseconds.
    pub duration_ms: u64,
    /// `Received` from the channel, or `Sent` to it.
    pub direction: &'a str,
}
