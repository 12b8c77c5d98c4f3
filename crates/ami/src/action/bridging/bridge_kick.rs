use crate::Action;

/// Puts a channel out of its bridge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct BridgeKick {
    /// The bridge; without it, whichever the channel is in.
    pub bridge_uniqueid: String,
    /// The channel's name.
    #[action(required)]
    pub channel: String,
}
