use crate::Action;

/// Makes an empty configuration file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(config))]
pub struct CreateConfig {
    /// The file, below the directory of configurations.
    #[action(required)]
    pub filename: String,
}
