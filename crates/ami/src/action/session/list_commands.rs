use crate::Action;

/// Lists the actions that this user may do, each with its summary and privilege.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct ListCommands;
