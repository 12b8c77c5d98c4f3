use crate::Event;
use crate::event::group::Bridge;

/// A bridge shows another channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BridgeVideoSourceUpdate<'a> {
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
    /// The channel that it showed before.
    pub bridge_previous_video_source: &'a str,
}
