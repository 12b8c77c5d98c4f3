use crate::Event;

/// A module was asked to read its configuration again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct Reload<'a> {
    /// The module, or `All`.
    pub module: &'a str,
    /// How it went: 0 done, 1 in the queue, 2 no such module, 3 the switch is not up, 4 another
    /// reload goes on, 5 not initialised, 6 cannot be reloaded.
    pub status: u32,
}
