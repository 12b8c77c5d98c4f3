//! What is kept of each contact, registration, subscription and transport.

use std::net::SocketAddr;
use std::time::Duration;

use md5::{Digest, Md5};
use switch::{Text, Time};

use crate::wire;

/// An address under which an aor can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The aor.
    pub aor: Text,
    /// The address.
    pub uri: Text,
    /// Its own name, which never changes: [`contact_id`] or [`static_contact_id`].
    pub id: Text,
    /// Whether it comes from the configuration rather than from a registration.
    pub fixed: bool,
    /// The endpoint that registered it, or that has it.
    pub endpoint: Text,
    /// `User-Agent` of the registration.
    pub user_agent: Text,
    /// When it expires; [`Time`] 0 for never.
    pub expires: Time,
    /// Host of the registration's first `Via`: where it came from, where `rport` was asked for.
    pub via_address: Text,
    /// Port of it.
    pub via_port: u16,
    /// `Call-ID` of the registration.
    pub call_id: Text,
    /// `Path` of the registration.
    pub path: Text,
    /// Whether it is to be forgotten at the next start: those of connections are.
    pub prune_on_boot: bool,
    /// Whether it answers.
    pub status: ContactStatus,
    /// How long its last answer took; `None` where it was not asked or did not answer.
    pub round_trip: Option<Duration>,
}

/// Whether a contact answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContactStatus {
    /// It was not asked yet.
    Unknown,
    /// It is not asked.
    #[default]
    NonQualified,
    /// It came just now.
    Created,
    /// It answered.
    Reachable,
    /// It did not answer.
    Unreachable,
    /// It is gone.
    Removed,
}

impl ContactStatus {
    /// The word on the manager interface.
    pub fn word(self) -> &'static str {
        match self {
            ContactStatus::Unknown => "Unknown",
            ContactStatus::NonQualified => "NonQualified",
            ContactStatus::Created => "Created",
            ContactStatus::Reachable => "Reachable",
            ContactStatus::Unreachable => "Unreachable",
            ContactStatus::Removed => "Removed",
        }
    }

    /// The word on the console.
    pub fn short(self) -> &'static str {
        match self {
            ContactStatus::Unknown => "Unknown",
            ContactStatus::NonQualified => "NonQual",
            ContactStatus::Created => "Created",
            ContactStatus::Reachable => "Avail",
            ContactStatus::Unreachable => "Unavail",
            ContactStatus::Removed => "Removed",
        }
    }
}

/// The name of a contact that registered: `6001;@10e209c6…`.
pub fn contact_id(aor: &str, uri: &str) -> Text {
    format!("{aor};@{}", hash(uri)).into()
}

/// The name of a contact of the configuration: `6001@@10e209c6…`.
pub fn static_contact_id(aor: &str, uri: &str) -> Text {
    format!("{aor}@@{}", hash(uri)).into()
}

fn hash(uri: &str) -> String {
    let digest = Md5::digest(uri.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A registration of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The section's name.
    pub name: Text,
    /// How it stands.
    pub status: Registered,
    /// When it is sent next; `None` where it is not.
    pub next: Option<Time>,
}

/// How a registration of ours stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registered {
    /// It was not answered yet, or was taken back.
    #[default]
    Unregistered,
    /// It holds.
    Registered,
    /// It was refused, and is tried again.
    Rejected,
    /// It is being taken back.
    Stopping,
    /// It was taken back.
    Stopped,
}

impl Registered {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Registered::Unregistered => "Unregistered",
            Registered::Registered => "Registered",
            Registered::Rejected => "Rejected",
            Registered::Stopping => "Stopping",
            Registered::Stopped => "Stopped",
        }
    }
}

/// A subscription: somebody is told of something, or we are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Who is told.
    pub role: Role,
    /// The endpoint on the other side.
    pub endpoint: Text,
    /// `Call-ID` of its dialog.
    pub call_id: Text,
    /// `ACTIVE`, `PENDING`, `TERMINATED` …
    pub state: &'static str,
    /// Caller id of the endpoint.
    pub caller: Text,
    /// The event package: `presence`, `dialog`, `message-summary`.
    pub event: Text,
    /// What it is about: an extension or an aor.
    pub resource: Text,
    /// The context of the extension; empty where it is about mailboxes.
    pub context: Text,
    /// States of the extension, as they were told last.
    pub extension_states: Text,
    /// Mailboxes that it is about; empty where it is about an extension.
    pub mailboxes: Text,
    /// When it expires.
    pub expires: Time,
}

/// Who is told by a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The other side: it subscribed with us.
    Notifier,
    /// We are.
    Subscriber,
}

/// A place where we listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transport {
    /// The section's name.
    pub name: Text,
    /// How messages travel.
    pub protocol: wire::Transport,
    /// Where it listens in truth.
    pub local: SocketAddr,
    /// Connections open now; 0 of a transport without.
    pub connections: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_contact_is_made_of_its_address() {
        assert_eq!(
            &*contact_id("6001", "sip:6001@127.0.0.1:5071"),
            "6001;@10e209c6d5a36b7f54478677f98cde95"
        );
        assert!(static_contact_id("trunk", "sip:127.0.0.9:5090").starts_with("trunk@@"));
    }
}
