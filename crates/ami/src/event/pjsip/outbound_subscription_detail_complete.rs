use crate::Event;

/// The end of the list of PJSIPShowSubscriptionsOutbound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip_pubsub", complete)]
pub struct OutboundSubscriptionDetailComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
