use crate::Event;

/// A digit began or ended on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "DTMF", class(dtmf))]
pub struct Dtmf<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
    /// One of 0-9, A-D, `*` and `#`.
    pub digit: &'a str,
    /// `Received` from the channel, or `Sent` to it.
    pub direction: &'a str,
    /// Whether it began.
    pub begin: bool,
    /// Whether it ended.
    pub end: bool,
}
