use crate::Action;

/// Asks the contacts of an endpoint whether they are there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPQualify",
    module = "res_pjsip",
    privilege(system, reporting)
)]
pub struct PjsipQualify {
    /// The endpoint.
    #[action(required)]
    pub endpoint: String,
}
