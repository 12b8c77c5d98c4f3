use crate::Event;

/// A module was unloaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct Unload<'a> {
    /// The module.
    pub module: &'a str,
    /// `Success`.
    pub status: &'a str,
}
