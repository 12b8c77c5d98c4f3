use crate::Event;
use crate::event::group::Channel;

/// A channel of the list that BridgeInfo asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct BridgeInfoChannel<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
}
