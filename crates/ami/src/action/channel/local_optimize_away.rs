use crate::Action;

/// Lets a Local channel that was made to stay take itself out of its call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system, call))]
pub struct LocalOptimizeAway {
    /// The name of either half.
    #[action(required)]
    pub channel: String,
}
