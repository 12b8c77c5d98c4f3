use crate::Action;

/// Loads, unloads, reloads or refreshes a module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system))]
pub struct ModuleLoad {
    /// The module's name, or the name of a built-in part for a reload; without it a reload is of
    /// everything.
    pub module: String,
    /// What to do.
    #[action(required, values("load", "unload", "reload", "refresh"))]
    pub load_type: String,
    /// Whether a refresh takes along the modules that depend on this one.
    pub recursive: String,
}
