use crate::Action;

/// Lists the endpoints.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowEndpoints",
    module = "res_pjsip",
    privilege(system),
    items("EndpointList"),
    complete = "EndpointListComplete"
)]
pub struct PjsipShowEndpoints;
