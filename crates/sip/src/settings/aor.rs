//! `type = aor`: an address of record, and where it may be found.

use std::time::Duration;

use switch::Text;

use super::option::Takes::*;
use super::option::{Object, Opt, row};

/// An address of record. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct Aor {
    /// Its name: the section's.
    pub name: Text,
    /// Addresses that it always has, besides those that registered.
    pub contact: Vec<Text>,
    /// Most contacts that may register; 0 for none at all.
    pub max_contacts: u32,
    /// Whether a new contact takes the place of the oldest where there are too many.
    pub remove_existing: bool,
    /// Whether one that does not answer makes way first.
    pub remove_unavailable: bool,
    /// Shortest registration.
    pub minimum_expiration: Duration,
    /// Registration where the phone asks for nothing.
    pub default_expiration: Duration,
    /// Longest registration.
    pub maximum_expiration: Duration,
    /// How often its contacts are asked whether they are there; zero for never.
    pub qualify_frequency: Duration,
    /// How long they have to answer; zero for as long as a request may take.
    pub qualify_timeout: Duration,
    /// Whether only a 2xx counts as an answer.
    pub qualify_2xx_only: bool,
    /// Whether a challenge to such a question is answered.
    pub authenticate_qualify: bool,
    /// Mailboxes that those who subscribe to it are told of.
    pub mailboxes: Vec<Text>,
    /// Where their messages are heard; empty for the default.
    pub voicemail_extension: Text,
    /// Whether `Path` is kept (RFC 3327).
    pub support_path: bool,
    /// Proxies that requests to it go through first.
    pub outbound_proxy: Text,
    pub(super) shown: Vec<Text>,
}

impl Object for Aor {
    const OPTIONS: &'static [Opt<Aor>] = &[
        row(
            "minimum_expiration",
            "MinimumExpiration",
            "60",
            Seconds(|a| &mut a.minimum_expiration),
        ),
        row(
            "default_expiration",
            "DefaultExpiration",
            "3600",
            Seconds(|a| &mut a.default_expiration),
        ),
        row(
            "qualify_timeout",
            "QualifyTimeout",
            "3.000000",
            Fraction(|a| &mut a.qualify_timeout),
        ),
        row(
            "qualify_2xx_only",
            "Qualify2xxOnly",
            "false",
            Flag(|a| &mut a.qualify_2xx_only),
        ),
        row("mailboxes", "Mailboxes", "", List(|a| &mut a.mailboxes)),
        row(
            "support_path",
            "SupportPath",
            "false",
            Flag(|a| &mut a.support_path),
        ),
        row(
            "remove_unavailable",
            "RemoveUnavailable",
            "false",
            Flag(|a| &mut a.remove_unavailable),
        ),
        row(
            "voicemail_extension",
            "VoicemailExtension",
            "",
            Text(|a| &mut a.voicemail_extension),
        ),
        row(
            "max_contacts",
            "MaxContacts",
            "0",
            Number(|a| &mut a.max_contacts),
        ),
        row(
            "authenticate_qualify",
            "AuthenticateQualify",
            "false",
            Flag(|a| &mut a.authenticate_qualify),
        ),
        row("contact", "Contacts", "", Lines(|a| &mut a.contact)),
        row(
            "maximum_expiration",
            "MaximumExpiration",
            "7200",
            Seconds(|a| &mut a.maximum_expiration),
        ),
        row(
            "qualify_frequency",
            "QualifyFrequency",
            "0",
            Seconds(|a| &mut a.qualify_frequency),
        ),
        row(
            "remove_existing",
            "RemoveExisting",
            "false",
            Flag(|a| &mut a.remove_existing),
        ),
        row(
            "outbound_proxy",
            "OutboundProxy",
            "",
            Text(|a| &mut a.outbound_proxy),
        ),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }
}
