use crate::Event;

/// A way of mixing of the list that BridgeTechnologyList asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct BridgeTechnologyListItem<'a> {
    /// Its name.
    pub bridge_technology: &'a str,
    /// What it can do.
    pub bridge_type: &'a str,
    /// How much it is preferred.
    pub bridge_priority: u32,
    /// Whether bridges may not choose it.
    pub bridge_suspended: bool,
}
