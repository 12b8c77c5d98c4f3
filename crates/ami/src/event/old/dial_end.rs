use crate::Event;

/// A call being made came to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "Dial", class(call))]
pub struct DialEnd<'a> {
    /// `End`.
    pub sub_event: &'a str,
    /// The channel that calls.
    pub channel: &'a str,
    /// The identity of the channel that calls.
    #[event(name = "UniqueID")]
    pub uniqueid: &'a str,
    /// How: `ANSWER`, `BUSY`, `CANCEL`, `CHANUNAVAIL`, `CONGESTION`, `NOANSWER` …
    pub dial_status: &'a str,
}
