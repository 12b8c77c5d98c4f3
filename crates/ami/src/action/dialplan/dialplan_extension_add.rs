use crate::Action;

/// Adds a step to the dialplan, until the next reload.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "pbx_config", privilege(system))]
pub struct DialplanExtensionAdd {
    /// The context; made if there is none.
    #[action(required)]
    pub context: String,
    /// The extension or pattern; `/` and a caller id may follow.
    #[action(required)]
    pub extension: String,
    /// A number, or `hint`.
    #[action(required)]
    pub priority: String,
    /// The application to run.
    #[action(required)]
    pub application: String,
    /// Its arguments.
    pub application_data: String,
    /// Whether a step that is there gives way.
    #[action(values("yes", "no"))]
    pub replace: String,
}
