use crate::Event;
use crate::event::group::{Bridge, Channel};

/// A channel left a bridge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BridgeLeave<'a> {
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
