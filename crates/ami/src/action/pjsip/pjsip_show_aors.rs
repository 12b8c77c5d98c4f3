use crate::Action;

/// Lists the addresses of record of pjsip.conf.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowAors",
    module = "res_pjsip",
    privilege(system),
    items("AorList"),
    complete = "AorListComplete"
)]
pub struct PjsipShowAors;
