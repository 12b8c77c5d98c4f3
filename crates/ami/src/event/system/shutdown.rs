use crate::Event;

/// The switch goes down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct Shutdown<'a> {
    /// `Cleanly`, or `Uncleanly` with calls going on.
    #[event(name = "Shutdown")]
    pub manner: &'a str,
    /// `True` when it comes back, otherwise `False`.
    pub restart: &'a str,
}
