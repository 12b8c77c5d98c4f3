use crate::Action;

/// Keeps an endpoint from new calls, or lets them again.
///
/// Calls that go on are left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPSetMaintenance",
    module = "res_pjsip_maintenance",
    privilege(system)
)]
pub struct PjsipSetMaintenance {
    /// The endpoint.
    #[action(required)]
    pub endpoint: String,
    /// Whether it is kept from them.
    #[action(required, values("on", "off"))]
    pub state: String,
}
