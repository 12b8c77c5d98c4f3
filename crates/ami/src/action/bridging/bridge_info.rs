use crate::Action;

/// Lists the channels in a bridge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(items("BridgeInfoChannel"), complete = "BridgeInfoComplete")]
pub struct BridgeInfo {
    /// The bridge's identity.
    #[action(required)]
    pub bridge_uniqueid: String,
}
