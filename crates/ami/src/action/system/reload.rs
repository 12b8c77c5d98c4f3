use crate::Action;

/// Reads the configuration again, of one module or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system, config))]
pub struct Reload {
    /// The module's name; without it, everything is reloaded.
    pub module: String,
}
