use crate::Action;

/// Says whether a module is loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system))]
pub struct ModuleCheck {
    /// The module's name, without an ending.
    #[action(required)]
    pub module: String,
}
