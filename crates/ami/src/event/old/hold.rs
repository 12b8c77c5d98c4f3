use crate::Event;

/// A channel put its peer on hold, or took it off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Hold<'a> {
    /// `On` or `Off`.
    pub status: &'a str,
    /// The channel's name.
    pub channel: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
}
