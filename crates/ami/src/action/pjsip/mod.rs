//! SIP: endpoints, contacts, registrations and subscriptions.

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

pub use pjsip_hangup::PjsipHangup;
pub use pjsip_notify::PjsipNotify;
pub use pjsip_qualify::PjsipQualify;
pub use pjsip_register::PjsipRegister;
pub use pjsip_set_maintenance::PjsipSetMaintenance;
pub use pjsip_show_aors::PjsipShowAors;
pub use pjsip_show_auths::PjsipShowAuths;
pub use pjsip_show_contacts::PjsipShowContacts;
pub use pjsip_show_endpoint::PjsipShowEndpoint;
pub use pjsip_show_endpoints::PjsipShowEndpoints;
pub use pjsip_show_maintenance::PjsipShowMaintenance;
pub use pjsip_show_registration_inbound_contact_statuses::PjsipShowRegistrationInboundContactStatuses;
pub use pjsip_show_registrations_inbound::PjsipShowRegistrationsInbound;
pub use pjsip_show_registrations_outbound::PjsipShowRegistrationsOutbound;
pub use pjsip_show_resource_lists::PjsipShowResourceLists;
pub use pjsip_show_subscriptions_inbound::PjsipShowSubscriptionsInbound;
pub use pjsip_show_subscriptions_outbound::PjsipShowSubscriptionsOutbound;
pub use pjsip_unregister::PjsipUnregister;
