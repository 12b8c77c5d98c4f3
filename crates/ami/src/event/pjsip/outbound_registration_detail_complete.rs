use crate::Event;

/// The end of the list of PJSIPShowRegistrationsOutbound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip_outbound_registration", complete)]
pub struct OutboundRegistrationDetailComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
    /// How many hold.
    pub registered: u64,
    /// How many do not.
    pub not_registered: u64,
}
