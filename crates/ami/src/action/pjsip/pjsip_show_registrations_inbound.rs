use crate::Action;

/// Lists the addresses of record that phones may register with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowRegistrationsInbound",
    module = "res_pjsip_registrar",
    privilege(system),
    items("InboundRegistrationDetail"),
    complete = "InboundRegistrationDetailComplete"
)]
pub struct PjsipShowRegistrationsInbound;
