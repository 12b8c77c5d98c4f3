use crate::Action;

/// Says the presence of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call, reporting))]
pub struct PresenceState {
    /// Whose: `CustomPresence:name`.
    #[action(required)]
    pub provider: String,
}
