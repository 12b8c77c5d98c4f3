use crate::Event;
use crate::event::group::Channel;

/// A channel is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Hangup<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// Hangup cause of Q.850.
    pub cause: u32,
    /// The cause in words.
    #[event(name = "Cause-txt")]
    pub cause_text: &'a str,
    /// The technology's own cause, such as a SIP status.
    pub tech_cause: Option<&'a str>,
}
