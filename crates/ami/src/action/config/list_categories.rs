use crate::Action;

/// Lists the sections of a configuration file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(config))]
pub struct ListCategories {
    /// The file, below the directory of configurations.
    #[action(required)]
    pub filename: String,
}
