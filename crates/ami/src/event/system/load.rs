use crate::Event;

/// A module was loaded, or was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct Load<'a> {
    /// The module.
    pub module: &'a str,
    /// `Success`, `Failure` or `Decline`.
    pub status: &'a str,
}
