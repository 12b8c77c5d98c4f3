use crate::Event;

/// Whether an endpoint is kept from new calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(
    name = "PJSIPMaintenanceStatus",
    module = "res_pjsip_maintenance",
    class(system),
    item
)]
pub struct PjsipMaintenanceStatus<'a> {
    /// The endpoint.
    pub endpoint: &'a str,
    /// `enabled` where it is kept from them, otherwise `disabled`.
    pub status: &'a str,
}
