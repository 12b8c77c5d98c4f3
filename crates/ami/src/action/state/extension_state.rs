use crate::Action;

/// Says the state of an extension that has a hint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call, reporting))]
pub struct ExtensionState {
    /// The extension.
    #[action(required)]
    pub exten: String,
    /// Its context; without it `default`.
    pub context: String,
}
