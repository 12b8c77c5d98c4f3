use crate::Action;

/// Changes a configuration file, keeping what it does not touch, comments too.
///
/// The changes are numbered from `000000`, each made of the headers `Action-000000`, `Cat-000000`,
/// `Var-000000`, `Value-000000`, `Match-000000`, `Line-000000` and `Options-000000` as far as it
/// needs them, and done in that order. An `Action-…` is one of NewCat, RenameCat, DelCat, EmptyCat,
/// Update, Delete, Append and Insert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(config))]
pub struct UpdateConfig {
    /// The file to read.
    #[action(required)]
    pub src_filename: String,
    /// The file to write; the same, to change it in place.
    #[action(required)]
    pub dst_filename: String,
    /// Whether to reload afterwards: `yes`, or the module that is to reload.
    pub reload: String,
    /// Whether a section keeps the variables that its templates gave it, on top of its own.
    pub preserve_effective_context: String,
    /// The numbered changes.
    #[action(rest)]
    pub changes: Vec<(String, String)>,
}
