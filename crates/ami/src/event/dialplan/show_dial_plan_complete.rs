use crate::Event;

/// The end of the list of ShowDialPlan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(complete)]
pub struct ShowDialPlanComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
    /// How many extensions it had,
    pub list_extensions: u64,
    /// how many steps,
    pub list_priorities: u64,
    /// and how many contexts.
    pub list_contexts: u64,
}
