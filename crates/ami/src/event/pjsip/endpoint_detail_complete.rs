use crate::Event;

/// The end of the list of PJSIPShowEndpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", complete)]
pub struct EndpointDetailComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
