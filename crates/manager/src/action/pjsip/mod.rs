//! SIP: endpoints, contacts, registrations and subscriptions.

use ami::action::pjsip::{
    PjsipHangup, PjsipNotify, PjsipQualify, PjsipRegister, PjsipSetMaintenance, PjsipShowAors,
    PjsipShowAuths, PjsipShowContacts, PjsipShowEndpoint, PjsipShowEndpoints, PjsipShowMaintenance,
    PjsipShowRegistrationInboundContactStatuses, PjsipShowRegistrationsInbound,
    PjsipShowRegistrationsOutbound, PjsipShowResourceLists, PjsipShowSubscriptionsInbound,
    PjsipShowSubscriptionsOutbound, PjsipUnregister,
};
use ami::refusal;
use engine::request::OrderFailed;
use sip::directory::{Directory, Request};
use switch::Text;
use switch::signal::Order;

use super::{Cx, Entry, entry};
use crate::reply::Reply;

mod pjsip_hangup;
mod pjsip_notify;
mod pjsip_qualify;
mod pjsip_register;
mod pjsip_set_maintenance;
mod pjsip_show_aors;
mod pjsip_show_auths;
mod pjsip_show_contacts;
mod pjsip_show_endpoint;
mod pjsip_show_endpoints;
mod pjsip_show_maintenance;
mod pjsip_show_registration_inbound_contact_statuses;
mod pjsip_show_registrations_inbound;
mod pjsip_show_registrations_outbound;
mod pjsip_show_resource_lists;
mod pjsip_show_subscriptions_inbound;
mod pjsip_show_subscriptions_outbound;
mod pjsip_unregister;
mod registration;
mod shown;
mod subscription;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(PjsipHangup, pjsip_hangup::pjsip_hangup),
    entry!(PjsipNotify, pjsip_notify::pjsip_notify),
    entry!(PjsipQualify, pjsip_qualify::pjsip_qualify),
    entry!(PjsipRegister, pjsip_register::pjsip_register),
    entry!(PjsipSetMaintenance, pjsip_set_maintenance::pjsip_set_maintenance),
    entry!(PjsipShowAors, pjsip_show_aors::pjsip_show_aors),
    entry!(PjsipShowAuths, pjsip_show_auths::pjsip_show_auths),
    entry!(PjsipShowContacts, pjsip_show_contacts::pjsip_show_contacts),
    entry!(PjsipShowEndpoint, pjsip_show_endpoint::pjsip_show_endpoint),
    entry!(PjsipShowEndpoints, pjsip_show_endpoints::pjsip_show_endpoints),
    entry!(PjsipShowMaintenance, pjsip_show_maintenance::pjsip_show_maintenance),
    entry!(PjsipShowRegistrationInboundContactStatuses, pjsip_show_registration_inbound_contact_statuses::pjsip_show_registration_inbound_contact_statuses),
    entry!(PjsipShowRegistrationsInbound, pjsip_show_registrations_inbound::pjsip_show_registrations_inbound),
    entry!(PjsipShowRegistrationsOutbound, pjsip_show_registrations_outbound::pjsip_show_registrations_outbound),
    entry!(PjsipShowResourceLists, pjsip_show_resource_lists::pjsip_show_resource_lists),
    entry!(PjsipShowSubscriptionsInbound, pjsip_show_subscriptions_inbound::pjsip_show_subscriptions_inbound),
    entry!(PjsipShowSubscriptionsOutbound, pjsip_show_subscriptions_outbound::pjsip_show_subscriptions_outbound),
    entry!(PjsipUnregister, pjsip_unregister::pjsip_unregister),
];

/// Has a channel of SIP do something.
async fn order_channel(cx: &Cx<'_>, channel: Text, order: Order) -> Result<(), Reply> {
    let ask = |reply| engine::request::Request::Order(channel, "PJSIP", order, reply);
    cx.engine.ask(ask).await?.map_err(|why| {
        Reply::error(match why {
            OrderFailed::NoChannel => refusal::channel::NO_SUCH_CHANNEL,
            OrderFailed::OtherTechnology => refusal::pjsip::NOT_PJSIP,
        })
    })
}

/// Gives an order to whoever speaks SIP.
fn order(directory: &Directory, request: Request) -> Result<(), Reply> {
    let given = directory.order(request);
    given.map_err(|absent| Reply::error(absent.to_string()))
}
