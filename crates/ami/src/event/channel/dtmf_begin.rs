use crate::Event;
use crate::event::group::Channel;

/// A digit began on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DTMFBegin", class(dtmf))]
pub struct DtmfBegin<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// One of 0-9, A-D, `*` and `#`.
    pub digit: &'a str,
    /// `Received` from the channel, or `Sent` to it.
    pub direction: &'a str,
}
