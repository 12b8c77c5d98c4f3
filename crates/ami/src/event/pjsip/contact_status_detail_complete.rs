use crate::Event;

/// The end of the list of PJSIPShowRegistrationInboundContactStatuses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip_registrar", complete)]
pub struct ContactStatusDetailComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
