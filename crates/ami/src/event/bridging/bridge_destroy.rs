use crate::Event;
use crate::event::group::Bridge;

/// A bridge is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BridgeDestroy<'a> {
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
}
