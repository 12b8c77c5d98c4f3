use crate::Action;

/// Chooses which events this session is sent.
///
/// The answer says `Events: On` or `Events: Off`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct Events {
    /// `on`, `off`, or permission classes with commas between.
    #[action(required)]
    pub event_mask: String,
}
