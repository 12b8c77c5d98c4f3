use crate::Action;

/// Lists which endpoints are kept from new calls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowMaintenance",
    module = "res_pjsip_maintenance",
    privilege(system, reporting),
    items("PJSIPMaintenanceStatus"),
    complete = "PJSIPMaintenanceStatusComplete"
)]
pub struct PjsipShowMaintenance {
    /// One endpoint; without it, all of them.
    pub endpoint: String,
}
