use crate::Action;

/// Closes the log files, moves them aside and opens new ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system, reporting))]
pub struct LoggerRotate;
