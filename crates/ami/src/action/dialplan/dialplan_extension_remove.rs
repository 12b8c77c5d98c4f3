use crate::Action;

/// Removes an extension from the dialplan, or one step of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "pbx_config", privilege(system))]
pub struct DialplanExtensionRemove {
    /// The context.
    #[action(required)]
    pub context: String,
    /// The extension or pattern; `/` and a caller id may follow.
    #[action(required)]
    pub extension: String,
    /// The step; without it, all of them.
    pub priority: String,
}
