use crate::Action;

/// Says goodbye and closes the connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct Logoff;
