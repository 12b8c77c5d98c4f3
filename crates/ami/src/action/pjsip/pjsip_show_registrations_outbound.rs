use crate::Action;

/// Lists the registrations of ours, each with what it is proved by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowRegistrationsOutbound",
    module = "res_pjsip_outbound_registration",
    privilege(system, reporting),
    items("AuthDetail", "OutboundRegistrationDetail"),
    complete = "OutboundRegistrationDetailComplete"
)]
pub struct PjsipShowRegistrationsOutbound;
