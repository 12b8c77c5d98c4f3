use crate::Event;

/// The end of the list of PresenceStateList.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_manager_presencestate", complete)]
pub struct PresenceStateListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
