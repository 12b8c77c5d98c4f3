use crate::Event;

/// The two halves of a Local channel were joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct LocalBridge<'a> {
    /// One channel.
    pub channel1: &'a str,
    /// The other.
    pub channel2: &'a str,
    /// The identity of the one.
    pub uniqueid1: &'a str,
    /// The identity of the other.
    pub uniqueid2: &'a str,
    /// The context that the second half starts in.
    pub context: &'a str,
    /// The extension that it starts at.
    pub exten: &'a str,
    /// Whether the channel may take itself out of the call.
    pub local_optimization: bool,
}
