use crate::Event;

/// Somebody's presence changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call), item)]
pub struct PresenceStateChange<'a> {
    /// Whose: `CustomPresence:name`.
    pub presentity: &'a str,
    /// `not_set`, `unavailable`, `available`, `away`, `xa`, `chat` or `dnd`.
    pub status: &'a str,
    /// A kind of that status.
    pub subtype: &'a str,
    /// A message to others.
    pub message: &'a str,
}
