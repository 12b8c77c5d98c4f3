use crate::Action;

/// Keeps bridges from choosing a way of mixing from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct BridgeTechnologySuspend {
    /// Its name: `softmix`, `simple_bridge` …
    #[action(required)]
    pub bridge_technology: String,
}
