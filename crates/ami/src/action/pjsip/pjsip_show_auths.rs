use crate::Action;

/// Lists the proofs of identity of pjsip.conf, secrets included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowAuths",
    module = "res_pjsip",
    privilege(system),
    items("AuthList"),
    complete = "AuthListComplete"
)]
pub struct PjsipShowAuths;
