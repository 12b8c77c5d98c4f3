use crate::Action;

/// Answers at once, with the time; keeps a connection alive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct Ping;
