use crate::Action;

/// Reads a configuration file as one JSON object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "GetConfigJSON", privilege(system, config))]
pub struct GetConfigJson {
    /// The file, below the directory of configurations.
    #[action(required)]
    pub filename: String,
    /// Only the sections of this name.
    pub category: String,
    /// Only the sections whose variables match: `name=regex` with commas between;
    /// `TEMPLATES=restrict` or `TEMPLATES=include` for templates.
    pub filter: String,
}
