use crate::Event;

/// The switch is ready.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct FullyBooted<'a> {
    /// `Fully Booted`.
    pub status: &'a str,
}
