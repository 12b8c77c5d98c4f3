use crate::Event;
use crate::event::group::Channel;

/// The switch decided to end a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct SoftHangupRequest<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// Hangup cause of Q.850, or 32 for the end that a Local channel gives its other half.
    pub cause: Option<u32>,
    /// The technology's own cause, such as a SIP status.
    pub tech_cause: Option<&'a str>,
}
