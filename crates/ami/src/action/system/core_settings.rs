use crate::Action;

/// Says the versions and the fixed settings of the switch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system, reporting))]
pub struct CoreSettings;
