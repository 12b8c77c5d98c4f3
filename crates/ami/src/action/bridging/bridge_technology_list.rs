use crate::Action;

/// Lists the ways in which bridges can mix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    items("BridgeTechnologyListItem"),
    complete = "BridgeTechnologyListComplete"
)]
pub struct BridgeTechnologyList;
