//! Who calls, and what is told of it (RFC 3261, 3323, 3325, 5806).

use rsipstack::sip::{Headers, Request};
use switch::{Party, Presentation, Text};

use super::message::{elements, header, value};
use crate::settings::{Endpoint, Settings};
use crate::uri::{self, NameAddr};

/// The bits of a presentation that say whether it may be shown, and what they are where it may not.
const SHOWN: u8 = 0x60;
const PROHIBITED: u8 = 0x20;

/// Reasons of a diversion on the wire and in the switch (RFC 5806).
const REASONS: &[(&str, &str)] = &[
    ("user-busy", "cfb"),
    ("no-answer", "cfnr"),
    ("unavailable", "unavailable"),
    ("unconditional", "cfu"),
    ("time-of-day", "time_of_day"),
    ("do-not-disturb", "dnd"),
    ("deflection", "deflection"),
    ("follow-me", "follow_me"),
    ("out-of-service", "out_of_order"),
    ("away", "away"),
];

/// Whether a party wants to stay unknown.
pub(super) fn is_private(party: &Party) -> bool {
    party.presentation.0 & SHOWN == PROHIBITED
}

/// Who sends a request: what the configuration says, or else what the request says, of which only a trusted
/// endpoint's `P-Asserted-Identity` and `Remote-Party-ID` count.
pub(super) fn caller(headers: &Headers, endpoint: &Endpoint) -> Party {
    let mut party = asserted(headers, endpoint)
        .or_else(|| Some(endpoint.callerid.clone()).filter(|party| !party.is_empty()))
        .unwrap_or_else(|| {
            let from = value(headers, "From").and_then(uri::name_addr);
            from.map_or_else(Party::default, |from| party_of(&from))
        });
    let wish = value(headers, "Privacy").unwrap_or_default();
    let secret = wish
        .split(';')
        .any(|word| matches!(word.trim(), "id" | "user" | "header"));
    if endpoint.trust_id_inbound && secret {
        party.presentation = Presentation(PROHIBITED);
    }
    party
}

/// Whom a trusted endpoint says that we talk with.
pub(super) fn asserted(headers: &Headers, endpoint: &Endpoint) -> Option<Party> {
    if !endpoint.trust_id_inbound {
        return None;
    }
    let named = |name| elements(headers, name).next().and_then(uri::name_addr);
    if let Some(named) = named("P-Asserted-Identity") {
        return Some(party_of(&named));
    }
    let named = named("Remote-Party-ID")?;
    let mut party = party_of(&named);
    if named
        .param("privacy")
        .is_some_and(|privacy| privacy != "off")
    {
        party.presentation = Presentation(PROHIBITED);
    }
    Some(party)
}

/// Who sent the call here, and why (RFC 5806).
pub(super) fn diversion(headers: &Headers) -> Option<(Party, Text)> {
    let named = elements(headers, "Diversion")
        .next()
        .and_then(uri::name_addr)?;
    let said = named.param("reason").unwrap_or("unknown");
    let known = REASONS
        .iter()
        .find(|(wire, _)| wire.eq_ignore_ascii_case(said));
    let reason = known.map_or("unknown", |(_, reason)| *reason);
    Some((party_of(&named), Text::from(reason)))
}

/// Says who sent the call on, where the endpoint wants to know (`send_diversion`).
pub(super) fn divert(
    from: &Party,
    reason: &str,
    endpoint: &Endpoint,
    host: &str,
    headers: &mut Headers,
) {
    let hidden = is_private(from) && !endpoint.trust_id_outbound;
    if !endpoint.send_diversion || from.number.is_empty() || hidden {
        return;
    }
    let known = REASONS.iter().find(|(_, known)| *known == reason);
    let reason = known.map_or("unknown", |(wire, _)| *wire);
    let named = named(from, endpoint, host);
    headers.push(header("Diversion", format!("{named};reason={reason}")));
}

/// `From` of an INVITE of ours, without its tag. `host` is where we are.
pub(super) fn from(caller: &Party, endpoint: &Endpoint, settings: &Settings, host: &str) -> String {
    let domain = match endpoint.from_domain.is_empty() {
        true => host,
        false => &endpoint.from_domain,
    };
    if is_private(caller) && !endpoint.trust_id_outbound && endpoint.from_user.is_empty() {
        return "\"Anonymous\" <sip:anonymous@anonymous.invalid>".to_owned();
    }
    let user = [
        &*endpoint.from_user,
        &*caller.number,
        &*settings.global.default_from_user,
        "anonymous",
    ]
    .into_iter()
    .find(|user| !user.is_empty())
    .unwrap_or_default();
    let shown = match is_private(caller) && !endpoint.trust_id_outbound {
        true => "",
        false => &caller.name,
    };
    let phone = phone(endpoint, user);
    name_addr(shown, &format!("sip:{}@{domain}{phone}", escape(user)))
}

/// Tells the far end whom it talks with, where the endpoint wants to know (`send_pai`, `send_rpid`);
/// `calling` where that is the side that began the call.
pub(super) fn assert(
    party: &Party,
    endpoint: &Endpoint,
    host: &str,
    calling: bool,
    headers: &mut Headers,
) {
    if party.number.is_empty() || (is_private(party) && !endpoint.trust_id_outbound) {
        return;
    }
    let named = named(party, endpoint, host);
    if endpoint.send_pai {
        headers.push(header("P-Asserted-Identity", &*named));
        if is_private(party) {
            headers.push(header("Privacy", "id"));
        }
    }
    if endpoint.send_rpid {
        let privacy = if is_private(party) { "full" } else { "off" };
        let side = if calling { "calling" } else { "called" };
        let value = format!("{named};party={side};privacy={privacy};screen=no");
        headers.push(header("Remote-Party-ID", value));
    }
}

/// The extension that a request asks for.
pub(crate) fn extension(request: &Request, settings: &Settings) -> String {
    extension_of(&uri::text(&request.uri), settings)
}

/// The extension that an address names.
pub(crate) fn extension_of(address: &str, settings: &Settings) -> String {
    let parsed = uri::parse(address);
    let user = parsed
        .as_ref()
        .and_then(|uri| uri.user())
        .unwrap_or_default();
    let user = match settings.global.ignore_uri_user_options {
        true => user.split(';').next().unwrap_or_default(),
        false => user,
    };
    uri::unescape(user)
}

/// A name and an address as a header says them.
pub(super) fn name_addr(name: &str, address: &str) -> String {
    match name.is_empty() {
        true => format!("<{address}>"),
        false => {
            let name = name.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{name}\" <{address}>")
        }
    }
}

/// A user as an address says it (RFC 3261, 25.1).
pub(super) fn escape(user: &str) -> String {
    let mut out = String::with_capacity(user.len());
    for byte in text::to_bytes(user).iter().copied() {
        match byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A party at our domain.
fn named(party: &Party, endpoint: &Endpoint, host: &str) -> String {
    let domain = match endpoint.from_domain.is_empty() {
        true => host,
        false => &endpoint.from_domain,
    };
    let number = &*party.number;
    let phone = phone(endpoint, number);
    let address = format!("sip:{}@{domain}{phone}", escape(number));
    name_addr(&party.name, &address)
}

fn phone(endpoint: &Endpoint, user: &str) -> &'static str {
    let digits = |c: char| c.is_ascii_digit() || "+*#".contains(c);
    match endpoint.user_eq_phone && user.chars().all(digits) {
        true => ";user=phone",
        false => "",
    }
}

fn party_of(named: &NameAddr<'_>) -> Party {
    let address = uri::parse(named.address);
    let user = address.as_ref().and_then(|uri| uri.user());
    Party {
        number: Text::from(uri::unescape(user.unwrap_or_default())),
        name: Text::from(&*named.name),
        presentation: Presentation::default(),
    }
}
