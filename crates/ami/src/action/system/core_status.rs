use crate::Action;

/// Says when the switch started and was reloaded, and how many calls it has and has had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system, reporting))]
pub struct CoreStatus;
