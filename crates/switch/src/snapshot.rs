//! A channel as everybody outside the engine sees it.

use std::sync::Arc;

use crate::{Cause, ChannelId, State, Time};

/// Text that is shared and never changed.
pub type Text = Arc<str>;

/// A channel at one moment.
///
/// The engine shares it as an `Arc` and copies on write, so a fact or a listing that holds one costs a
/// counter, and nobody outside ever looks into the engine.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The channel's number inside this process.
    pub id: ChannelId,
    /// Name, such as `Local/101@default-0000000a;1`.
    pub name: Text,
    /// Its kind, such as `Local` or `PJSIP`.
    pub technology: &'static str,
    /// How far it has got.
    pub state: State,
    /// Who is calling: the number of the party at this channel's end.
    pub caller: Party,
    /// Whom this channel is connected with.
    pub connected: Party,
    /// The calling number for billing (ANI).
    pub ani: Text,
    /// The number that the call was redirected from (RDNIS).
    pub rdnis: Text,
    /// The number that was dialled (DNID).
    pub dnid: Text,
    /// Language of prompts, such as `en`.
    pub language: Text,
    /// Account that the call is billed to.
    pub account: Text,
    /// The account of the party that it is connected with.
    pub peer_account: Text,
    /// How records flag the call.
    pub ama_flags: AmaFlags,
    /// Where the dialplan is: its context.
    pub context: Text,
    /// Where the dialplan is: the extension.
    pub exten: Text,
    /// Where the dialplan is: the priority, from 1.
    pub priority: i32,
    /// The application that runs; empty if none does.
    pub application: Text,
    /// That application's arguments after substitution.
    pub data: Text,
    /// Unique name of the channel among all that ever were, such as `1795418110.20`.
    pub uniqueid: Text,
    /// The `uniqueid` of the oldest channel that this one's call hangs together with.
    pub linkedid: Text,
    /// The bridge that it is in: that bridge's identifier.
    pub bridge: Option<Text>,
    /// Free field of the call record.
    pub userfield: Text,
    /// Why it was hung up, as far as known.
    pub cause: Cause,
    /// Who hung up: a channel's name, or what part of the dialplan.
    pub hangup_source: Text,
    /// When it was made.
    pub created: Time,
    /// When it was answered.
    pub answered: Option<Time>,
    /// When it will be hung up whatever happens.
    pub hangup_at: Option<Time>,
    /// The technology's own figure of why it was hung up, such as SIP's `486`; empty for none.
    pub tech_cause: Text,
    /// Formats that it can carry as it is, such as `(slin)`.
    pub formats: Text,
    /// Format that is read, such as `slin`.
    pub format: Text,
    /// Whether another channel's application called it, so that it has no call record of its own.
    pub dialed: bool,
    /// Values of the variables that the manager's `channelvars` names, in its order.
    pub shown: Option<Arc<[(Text, Text)]>>,
}

impl Snapshot {
    /// The technology of channels that nobody sees.
    pub const INTERNAL: &'static str = "Message";

    /// Whether nobody is told of it.
    pub fn is_internal(&self) -> bool {
        self.technology == Snapshot::INTERNAL
    }
}

/// Number and name of a party; both empty where unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// The number.
    pub number: Text,
    /// The name.
    pub name: Text,
    /// Whether the two may be shown, and who vouches for them.
    pub presentation: Presentation,
}

impl Party {
    /// Reads `"Name" <number>`, `Name <number>`, `<number>`, a number, or a name.
    pub fn parse(text: &str) -> Party {
        let text = text.trim();
        let (name, number) = match text.rsplit_once('<') {
            Some((name, rest)) => (name.trim(), rest.split('>').next().unwrap_or_default()),
            None if is_number(text) => ("", text),
            None => (text, ""),
        };
        let name = match name
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
        {
            Some(inside) => inside.replace("\\\"", "\""),
            None => name.to_owned(),
        };
        Party {
            number: Text::from(shortened(number)),
            name: Text::from(name),
            ..Party::default()
        }
    }

    /// Whether neither number nor name is known.
    pub fn is_empty(&self) -> bool {
        self.number.is_empty() && self.name.is_empty()
    }
}

fn is_number(text: &str) -> bool {
    let number = shortened(text);
    !number.is_empty()
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '*' | '#' | '+'))
}

/// Without what people put between the digits.
fn shortened(number: &str) -> String {
    number
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '(' | ')' | '-' | '.'))
        .collect()
}

/// Presentation of a party's number, as Q.931 octet 3a codes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presentation(pub u8);

impl Presentation {
    /// The words of `CID-CallingPres`.
    pub fn words(self) -> &'static str {
        PRESENTATIONS
            .iter()
            .find(|(value, ..)| *value == self.0)
            .map_or("Unknown", |(_, _, words)| words)
    }

    /// The name in the dialplan, such as `allowed_not_screened`.
    pub fn name(self) -> &'static str {
        PRESENTATIONS
            .iter()
            .find(|(value, ..)| *value == self.0)
            .map_or("unknown", |(_, name, _)| name)
    }

    /// Reads a name or a figure.
    pub fn parse(text: &str) -> Option<Presentation> {
        let text = text.trim();
        PRESENTATIONS
            .iter()
            .find(|(value, name, _)| name.eq_ignore_ascii_case(text) || text == value.to_string())
            .map(|(value, ..)| Presentation(*value))
    }
}

const PRESENTATIONS: &[(u8, &str, &str)] = &[
    (
        0x00,
        "allowed_not_screened",
        "Presentation Allowed, Not Screened",
    ),
    (
        0x01,
        "allowed_passed_screen",
        "Presentation Allowed, Passed Screen",
    ),
    (
        0x02,
        "allowed_failed_screen",
        "Presentation Allowed, Failed Screen",
    ),
    (0x03, "allowed", "Presentation Allowed, Network Number"),
    (
        0x20,
        "prohib_not_screened",
        "Presentation Prohibited, Not Screened",
    ),
    (
        0x21,
        "prohib_passed_screen",
        "Presentation Prohibited, Passed Screen",
    ),
    (
        0x22,
        "prohib_failed_screen",
        "Presentation Prohibited, Failed Screen",
    ),
    (0x23, "prohib", "Presentation Prohibited, Network Number"),
    (0x43, "unavailable", "Number Unavailable"),
];

/// How call records flag a call (automatic message accounting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmaFlags {
    /// Left out of records.
    Omit,
    /// For billing.
    Billing,
    /// For documentation: the default.
    #[default]
    Documentation,
}

impl AmaFlags {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            AmaFlags::Omit => "OMIT",
            AmaFlags::Billing => "BILLING",
            AmaFlags::Documentation => "DOCUMENTATION",
        }
    }

    /// The figure in the dialplan.
    pub fn figure(self) -> u8 {
        match self {
            AmaFlags::Omit => 1,
            AmaFlags::Billing => 2,
            AmaFlags::Documentation => 3,
        }
    }

    /// Reads a word or a figure.
    pub fn parse(text: &str) -> Option<AmaFlags> {
        match text.trim().to_ascii_lowercase().as_str() {
            "omit" | "1" => Some(AmaFlags::Omit),
            "billing" | "2" => Some(AmaFlags::Billing),
            "documentation" | "default" | "3" => Some(AmaFlags::Documentation),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_read_in_all_its_forms() {
        let read = |text| {
            let party = Party::parse(text);
            (party.name.to_string(), party.number.to_string())
        };
        let pair = |name: &str, number: &str| (name.to_owned(), number.to_owned());
        assert_eq!(
            read(r#""Click To Call" <5551000>"#),
            pair("Click To Call", "5551000")
        );
        assert_eq!(read("Ann <555-10 (0)>"), pair("Ann", "555100"));
        assert_eq!(read("<5551000>"), pair("", "5551000"));
        assert_eq!(read("+49 30 1234"), pair("", "+49301234"));
        assert_eq!(read("Ann"), pair("Ann", ""));
        assert_eq!(read(r#""say \"hi\"" <1>"#), pair("say \"hi\"", "1"));
        assert_eq!(read("Ann <"), pair("Ann", ""));
        assert_eq!(read(""), pair("", ""));
    }
}
