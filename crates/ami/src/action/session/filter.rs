use crate::Action;

/// Adds an event filter to this session.
///
/// An event passes when an including filter matches, or when there is none, and no excluding filter
/// does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system))]
pub struct Filter {
    /// `Add`.
    #[action(required, values("Add"))]
    pub operation: String,
    /// How the filter matches: `action(include|exclude)`, `name(event)`, `header(key)` and
    /// `method(regex|exact|starts_with|ends_with|contains|none)`, with commas between. Without it
    /// the filter is a regular expression over the whole event, and a leading `!` makes it
    /// excluding.
    pub match_criteria: String,
    /// What to match: text or a regular expression, as the method says.
    pub filter: String,
}
