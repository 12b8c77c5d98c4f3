use crate::Event;
use crate::event::group::Bridge;

/// A bridge of the list that BridgeList asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct BridgeListItem<'a> {
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
}
