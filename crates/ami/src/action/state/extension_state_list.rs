use crate::Action;

/// Lists the states of all extensions that have a hint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    privilege(call, reporting),
    items("ExtensionStatus"),
    complete = "ExtensionStateListComplete"
)]
pub struct ExtensionStateList;
