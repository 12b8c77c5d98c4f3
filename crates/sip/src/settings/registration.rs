//! `type = registration`: where we register ourselves.

use std::time::Duration;

use switch::Text;

use super::option::Takes::*;
use super::option::{Object, Opt, row};

/// A registration of ours. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct Registration {
    /// Its name: the section's.
    pub name: Text,
    /// Whom we register: the address of record.
    pub client_uri: Text,
    /// Where.
    pub server_uri: Text,
    /// User of our contact; `s` where nobody says.
    pub contact_user: Text,
    /// Parameters of our contact's header, such as `;+sip.instance="…"`.
    pub contact_header_params: Text,
    /// What we prove ourselves with.
    pub outbound_auth: Vec<Text>,
    /// Proxies that it goes through first.
    pub outbound_proxy: Text,
    /// Transport that it uses; empty for whichever fits.
    pub transport: Text,
    /// How long it is to last.
    pub expiration: Duration,
    /// How long until it is tried again where nobody answers.
    pub retry_interval: Duration,
    /// The same where it is forbidden (403); zero for never.
    pub forbidden_retry_interval: Duration,
    /// The same where it is refused for good; zero for never.
    pub fatal_retry_interval: Duration,
    /// Most tries; 0 for ever.
    pub max_retries: u32,
    /// Longest wait before the first, chosen at random.
    pub max_random_initial_delay: Duration,
    /// Whether a refused proof ends it for good.
    pub auth_rejection_permanent: bool,
    /// Whether requests from there are told by a token in our contact.
    pub line: bool,
    /// The endpoint that they belong to then.
    pub endpoint: Text,
    /// Whether `Path` is said to be understood (RFC 3327).
    pub support_path: bool,
    /// `User-Agent` of it; empty for the general one.
    pub user_agent: Text,
    pub(super) shown: Vec<Text>,
}

impl Object for Registration {
    const OPTIONS: &'static [Opt<Registration>] = &[
        row(
            "max_retries",
            "MaxRetries",
            "10",
            Number(|r| &mut r.max_retries),
        ),
        row("client_uri", "ClientUri", "", Text(|r| &mut r.client_uri)),
        row(
            "security_negotiation",
            "SecurityNegotiation",
            "no",
            IdleWord(&["no", "mediasec"]),
        ),
        row(
            "auth_rejection_permanent",
            "AuthRejectionPermanent",
            "true",
            Flag(|r| &mut r.auth_rejection_permanent),
        ),
        row("server_uri", "ServerUri", "", Text(|r| &mut r.server_uri)),
        row(
            "max_random_initial_delay",
            "MaxRandomInitialDelay",
            "0",
            Seconds(|r| &mut r.max_random_initial_delay),
        ),
        row(
            "support_path",
            "SupportPath",
            "false",
            Flag(|r| &mut r.support_path),
        ),
        row(
            "retry_interval",
            "RetryInterval",
            "60",
            Seconds(|r| &mut r.retry_interval),
        ),
        row(
            "contact_header_params",
            "ContactHeaderParams",
            "",
            Text(|r| &mut r.contact_header_params),
        ),
        row(
            "expiration",
            "Expiration",
            "3600",
            Seconds(|r| &mut r.expiration),
        ),
        row("transport", "Transport", "", Text(|r| &mut r.transport)),
        row("line", "Line", "false", Flag(|r| &mut r.line)),
        row(
            "contact_user",
            "ContactUser",
            "",
            Text(|r| &mut r.contact_user),
        ),
        row("endpoint", "Endpoint", "", Text(|r| &mut r.endpoint)),
        row("user_agent", "UserAgent", "", Text(|r| &mut r.user_agent)),
        row(
            "forbidden_retry_interval",
            "ForbiddenRetryInterval",
            "0",
            Seconds(|r| &mut r.forbidden_retry_interval),
        ),
        row(
            "outbound_auth",
            "OutboundAuth",
            "",
            List(|r| &mut r.outbound_auth),
        ),
        row(
            "outbound_proxy",
            "OutboundProxy",
            "",
            Text(|r| &mut r.outbound_proxy),
        ),
        row(
            "fatal_retry_interval",
            "FatalRetryInterval",
            "0",
            Seconds(|r| &mut r.fatal_retry_interval),
        ),
        row("support_outbound", "SupportOutbound", "false", IdleFlag),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }

    fn lacks(&self) -> Option<&'static str> {
        if self.client_uri.is_empty() || self.server_uri.is_empty() {
            return Some("a registration needs client_uri and server_uri");
        }
        (self.line && self.endpoint.is_empty()).then_some("line = yes needs endpoint")
    }
}
