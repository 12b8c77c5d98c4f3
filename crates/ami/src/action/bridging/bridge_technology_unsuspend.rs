use crate::Action;

/// Lets bridges choose a way of mixing again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct BridgeTechnologyUnsuspend {
    /// Its name: `softmix`, `simple_bridge` …
    #[action(required)]
    pub bridge_technology: String,
}
