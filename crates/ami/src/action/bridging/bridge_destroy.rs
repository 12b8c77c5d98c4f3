use crate::Action;

/// Ends a bridge, and with it what its channels do there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct BridgeDestroy {
    /// The bridge's identity.
    #[action(required)]
    pub bridge_uniqueid: String,
}
