use crate::Event;

/// The end of the list of PJSIPShowMaintenance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(
    name = "PJSIPMaintenanceStatusComplete",
    module = "res_pjsip_maintenance",
    complete
)]
pub struct PjsipMaintenanceStatusComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
