use crate::Event;
use crate::event::group::{Bridge, Channel};

/// A channel entered a bridge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BridgeEnter<'a> {
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The channel whose place it took.
    pub swap_uniqueid: Option<&'a str>,
}
