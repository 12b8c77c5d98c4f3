use crate::Action;

/// Lists the dialplan, step by step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    privilege(config, reporting),
    items("ListDialplan"),
    complete = "ShowDialPlanComplete"
)]
pub struct ShowDialPlan {
    /// Only this extension.
    pub extension: String,
    /// Only this context.
    pub context: String,
}
