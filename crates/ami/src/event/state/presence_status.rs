use crate::Event;

/// The presence of an extension that has a hint changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct PresenceStatus<'a> {
    /// The extension.
    pub exten: &'a str,
    /// Its context.
    pub context: &'a str,
    /// The presence that it follows.
    pub hint: &'a str,
    /// `not_set`, `unavailable`, `available`, `away`, `xa`, `chat` or `dnd`.
    pub status: &'a str,
    /// A kind of that status.
    pub subtype: &'a str,
    /// A message to others.
    pub message: &'a str,
}
