use ami::action::pjsip::PjsipShowSubscriptionsInbound;
use ami::event::pjsip::{InboundSubscriptionDetail, InboundSubscriptionDetailComplete};
use sip::directory::Role;

use super::subscription::Shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_subscriptions_inbound(
    cx: &Cx<'_>,
    _: PjsipShowSubscriptionsInbound,
) -> Reply {
    let mut list = cx.list("Following are Events for each inbound Subscription");
    for subscription in cx.host.sip().subscriptions() {
        if subscription.role != Role::Notifier {
            continue;
        }
        let shown = Shown::of(&subscription);
        list.item(&InboundSubscriptionDetail {
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
    list.complete(&InboundSubscriptionDetailComplete { items })
}
