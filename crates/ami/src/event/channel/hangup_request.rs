use crate::Event;
use crate::event::group::Channel;

/// The other side of a channel asked for its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct HangupRequest<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// Hangup cause of Q.850.
    pub cause: Option<u32>,
    /// The technology's own cause, such as a SIP status.
    pub tech_cause: Option<&'a str>,
}
