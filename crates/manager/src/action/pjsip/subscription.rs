//! How a subscription is shown, whoever is told by it.

use sip::directory::{Role, Subscription};

/// The values that events of both roles have.
pub(super) struct Shown<'a> {
    pub(super) role: &'static str,
    pub(super) kind: &'static str,
    pub(super) extension: Option<String>,
    pub(super) extension_states: Option<&'a str>,
    pub(super) mailboxes: Option<&'a str>,
}

impl<'a> Shown<'a> {
    pub(super) fn of(subscription: &'a Subscription) -> Shown<'a> {
        let role = match subscription.role {
            Role::Notifier => "Notifier",
            Role::Subscriber => "Subscriber",
        };
        match &*subscription.event {
            "message-summary" => Shown {
                role,
                kind: "mwi",
                extension: None,
                extension_states: None,
                mailboxes: Some(&subscription.mailboxes),
            },
            _ => Shown {
                role,
                kind: "extension_state",
                extension: Some(subscription.resource.to_string()),
                extension_states: Some(&subscription.extension_states),
                mailboxes: None,
            },
        }
    }
}
