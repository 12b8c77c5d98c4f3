use crate::Event;
use crate::event::group::Channel;

/// The two halves of a Local channel were joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct LocalBridge<'a> {
    /// The half that was called.
    #[event(channel, prefix = "LocalOne")]
    pub local_one: Channel<'a>,
    /// The half that runs the dialplan.
    #[event(channel, prefix = "LocalTwo")]
    pub local_two: Channel<'a>,
    /// The context that the second half starts in.
    pub context: &'a str,
    /// The extension that it starts at.
    pub exten: &'a str,
    /// Whether the channel may take itself out of the call.
    pub local_optimization: bool,
}
