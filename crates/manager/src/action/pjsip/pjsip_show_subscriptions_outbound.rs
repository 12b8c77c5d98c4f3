use ami::action::pjsip::PjsipShowSubscriptionsOutbound;
use ami::event::pjsip::{OutboundSubscriptionDetail, OutboundSubscriptionDetailComplete};
use sip::directory::Role;

use super::subscription::Shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_subscriptions_outbound(
    cx: &Cx<'_>,
    _: PjsipShowSubscriptionsOutbound,
) -> Reply {
    let mut list = cx.list("Following are Events for each outbound Subscription");
    for subscription in cx.host.sip().subscriptions() {
        if subscription.role != Role::Subscriber {
            continue;
        }
        let shown = Shown::of(&subscription);
        list.item(&OutboundSubscriptionDetail {
            role: shown.role,
            endpoint: &subscription.endpoint,
            callid: &subscription.call_id,
            state: subscription.state,
            callerid: &subscription.caller,
            subscription_type: shown.kind,
            extension: shown.extension.as_deref(),
            extension_states: shown.extension_states,
            mailboxes: shown.mailboxes,
        });
    }
    let items = list.count();
    list.complete(&OutboundSubscriptionDetailComplete { items })
}
