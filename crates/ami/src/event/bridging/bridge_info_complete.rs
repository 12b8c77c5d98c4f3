use crate::Event;
use crate::event::group::Bridge;

/// The end of the list of BridgeInfo, with the bridge itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct BridgeInfoComplete<'a> {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
    /// The bridge.
    #[event(bridge)]
    pub bridge: Bridge<'a>,
}
