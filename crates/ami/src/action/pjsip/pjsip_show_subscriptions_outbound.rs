use crate::Action;

/// Lists our subscriptions with others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowSubscriptionsOutbound",
    module = "res_pjsip_pubsub",
    privilege(system),
    items("OutboundSubscriptionDetail"),
    complete = "OutboundSubscriptionDetailComplete"
)]
pub struct PjsipShowSubscriptionsOutbound;
