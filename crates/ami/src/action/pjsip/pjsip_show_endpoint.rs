use crate::Action;

/// Shows an endpoint and all that belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowEndpoint",
    module = "res_pjsip",
    privilege(system),
    items(
        "AorDetail",
        "AuthDetail",
        "ContactStatusDetail",
        "EndpointDetail",
        "IdentifyDetail",
        "TransportDetail"
    ),
    complete = "EndpointDetailComplete"
)]
pub struct PjsipShowEndpoint {
    /// The endpoint.
    #[action(required)]
    pub endpoint: String,
}
