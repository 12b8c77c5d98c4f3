use crate::Event;
use crate::event::group::Bridge;

/// A bridge came into being.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BridgeCreate<'a> {
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
}
