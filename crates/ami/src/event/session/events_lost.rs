use crate::Event;

/// This session read too slowly and is cut; an event of this switch's own, and the session's last.
///
/// It goes to the slow session alone, whatever its permissions and filters are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct EventsLost {
    /// How many events the session would have been sent and was not.
    pub missed: u64,
    /// How many bytes a session may fall behind.
    pub limit: u64,
}
