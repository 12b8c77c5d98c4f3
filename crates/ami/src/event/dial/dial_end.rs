use crate::Event;
use crate::event::group::Channel;

/// A call being made came to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct DialEnd<'a> {
    /// The channel that calls; nobody, when the switch calls.
    #[event(channel)]
    pub channel: Option<Channel<'a>>,
    /// The channel that is called.
    #[event(channel, prefix = "Dest")]
    pub dest: Channel<'a>,
    /// How: `ANSWER`, `BUSY`, `CANCEL`, `CHANUNAVAIL`, `CONGESTION`, `NOANSWER`, `ABORT`,
    /// `CONTINUE` or `GOTO`.
    pub dial_status: &'a str,
    /// Where the call was forwarded to.
    pub forward: Option<&'a str>,
}
