use crate::Event;

/// The switch is ready.
///
/// Every session that may see it is told right after its login, or when the start is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct FullyBooted<'a> {
    /// Seconds since the start.
    pub uptime: u64,
    /// Seconds since the last reload.
    pub last_reload: u64,
    /// `Fully Booted`.
    pub status: &'a str,
}
