use crate::Event;

/// Somebody asked for the end of a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct HangupRequest<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
    /// Hangup cause of Q.850.
    pub cause: Option<u32>,
}
