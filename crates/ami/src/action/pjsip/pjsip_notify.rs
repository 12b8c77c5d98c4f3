use crate::Action;

/// Sends a NOTIFY to an endpoint, to an address, or inside a call.
///
/// Exactly one of `Endpoint`, `URI` and `Channel` says to whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPNotify",
    module = "res_pjsip_notify",
    privilege(system, call)
)]
pub struct PjsipNotify {
    /// An endpoint: all its contacts are told.
    pub endpoint: String,
    /// An address.
    #[action(name = "URI")]
    pub uri: String,
    /// A channel: the NOTIFY belongs to its call.
    pub channel: String,
    /// A section of pjsip_notify.conf that has the headers.
    pub option: String,
    /// Headers as `name=value`; `Content` adds a line to the body.
    pub variable: Vec<String>,
}
