use crate::Action;

/// Lists all bridges, or those of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(items("BridgeListItem"), complete = "BridgeListComplete")]
pub struct BridgeList {
    /// The kind: `basic`, `base`, `parking` …
    pub bridge_type: String,
}
