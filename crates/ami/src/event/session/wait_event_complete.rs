use crate::Event;

/// The end of the events that WaitEvent gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct WaitEventComplete;
