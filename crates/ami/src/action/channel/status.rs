use crate::Action;

/// Lists all channels or one, with everything known about them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    privilege(system, call, reporting),
    items("Status"),
    complete = "StatusComplete"
)]
pub struct Status {
    /// The channel's name; without it, all.
    pub channel: String,
    /// Names of variables and functions, with commas between, whose values each item carries.
    pub variables: String,
    /// Whether each item carries all of its channel's variables.
    #[action(values("true", "false"))]
    pub all_variables: String,
}
