use crate::Event;
use crate::event::group::Channel;

/// A call being made got further.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct DialState<'a> {
    /// The channel that calls; nobody, when the switch calls.
    #[event(channel)]
    pub channel: Option<Channel<'a>>,
    /// The channel that is called.
    #[event(channel, prefix = "Dest")]
    pub dest: Channel<'a>,
    /// `RINGING`, `PROCEEDING` or `PROGRESS`.
    pub dial_status: &'a str,
    /// Where the call was forwarded to.
    pub forward: Option<&'a str>,
}
