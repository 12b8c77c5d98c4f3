use crate::Action;

/// Lists the subscriptions of others with us.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowSubscriptionsInbound",
    module = "res_pjsip_pubsub",
    privilege(system),
    items("InboundSubscriptionDetail"),
    complete = "InboundSubscriptionDetailComplete"
)]
pub struct PjsipShowSubscriptionsInbound;
