use crate::Action;

/// Lists what a subscription may name as one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowResourceLists",
    module = "res_pjsip_pubsub",
    privilege(system),
    items("ResourceListDetail"),
    complete = "ResourceListDetailComplete"
)]
pub struct PjsipShowResourceLists;
