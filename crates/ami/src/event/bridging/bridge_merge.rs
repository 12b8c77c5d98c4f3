use crate::Event;
use crate::event::group::Bridge;

/// All channels of one bridge moved into another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BridgeMerge<'a> {
    /// The bridge that goes on.
    #[event(bridge, prefix = "To")]
    pub to_bridge: Bridge<'a>,
    /// The bridge that ends.
    #[event(bridge, prefix = "From")]
    pub from_bridge: Bridge<'a>,
}
