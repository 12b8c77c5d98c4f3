use crate::Action;

/// Lists all presences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    module = "res_manager_presencestate",
    privilege(call, reporting),
    items("PresenceStateChange"),
    complete = "PresenceStateListComplete"
)]
pub struct PresenceStateList;
