use crate::Action;

/// Lists the contacts that registered, and whether they answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowRegistrationInboundContactStatuses",
    module = "res_pjsip_registrar",
    privilege(system),
    items("ContactStatusDetail"),
    complete = "ContactStatusDetailComplete"
)]
pub struct PjsipShowRegistrationInboundContactStatuses;
