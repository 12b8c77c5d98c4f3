//! The columns that listings of SIP's objects stand in: scripts cut them out by position.

use std::fmt::Write as _;
use std::time::Duration;

use sip::directory::{Contact, Directory};
use sip::settings::{Aor, Auth, Endpoint, Identify, Settings, Transport};

use super::channels::Devices;

/// Where the first column ends, whatever it begins with.
const FIRST: usize = 62;
/// The width of the whole.
const WIDTH: usize = 90;

/// What a listing may have lines of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Endpoint,
    Auth,
    Aor,
    Contact,
    Transport,
    Identify,
    Match,
    Channel,
    Exten,
}

impl Line {
    /// Its label, and how deep it stands.
    fn label(self) -> (&'static str, usize) {
        match self {
            Line::Endpoint => ("Endpoint", 0),
            Line::Auth => ("I/OAuth", 1),
            Line::Aor => ("Aor", 1),
            Line::Contact => ("Contact", 2),
            Line::Transport => ("Transport", 1),
            Line::Identify => ("Identify", 1),
            Line::Match => ("Match", 2),
            Line::Channel => ("Channel", 1),
            Line::Exten => ("Exten", 2),
        }
    }
}

/// How many characters stand before the colon, so deep.
fn indent(depth: usize) -> usize {
    9 + 2 * depth
}

/// The width of the first column, so deep.
fn first(depth: usize) -> usize {
    FIRST - indent(depth) - 2
}

/// `<Endpoint/CID....>`, as wide as its column.
fn title(name: &str, width: usize) -> String {
    format!("<{name:.<inside$}>", inside = width.saturating_sub(2))
}

/// The head of a listing of these lines.
pub(super) fn head(lines: &[Line]) -> String {
    let mut text = String::from("\n");
    for line in lines {
        let (label, depth) = line.label();
        let (indent, first) = (indent(depth), first(depth));
        let rest = WIDTH - indent - 3;
        let titles = match line {
            Line::Endpoint => format!(
                ":  {}  <State.....>  <Channels.>",
                title("Endpoint/CID", first)
            ),
            Line::Auth => format!(":  {}", title("AuthId/UserName", rest)),
            Line::Aor => format!(":  {}  <MaxContact>", title("Aor", first)),
            Line::Contact => format!(
                ":  {} <Hash....> <Status> <RTT(ms)..>",
                title("Aor/ContactUri", contact_width())
            ),
            Line::Transport => format!(
                ":  {}  <Type>  <cos>  <tos>  {}",
                title("TransportId", 21),
                title("BindAddress", 31)
            ),
            Line::Identify => format!(":  {}", title("Identify/Endpoint", rest)),
            Line::Match => format!(":  {}", title("criteria", 35)),
            Line::Channel => format!(
                ":  {}  <State.....>  <Time.....>",
                title("ChannelId", first)
            ),
            Line::Exten => format!(
                ": {}  CLCID: {}",
                title("DialedExten", 24),
                title("ConnectedLineCID", 25)
            ),
        };
        let _ = writeln!(text, "{label:>indent$}{titles}");
    }
    let _ = writeln!(text, "{:=<WIDTH$}\n", "");
    text
}

/// The foot of a listing of so many objects.
pub(super) fn foot(count: usize) -> String {
    match count {
        0 => "\nNo objects found.\n\n".to_owned(),
        count => format!("\nObjects found: {count}\n\n"),
    }
}

fn contact_width() -> usize {
    first(2) - 5
}

/// Cut to a width.
fn cut(text: &str, width: usize) -> String {
    text.chars().take(width).collect()
}

/// An endpoint's own line.
pub(super) fn endpoint(
    text: &mut String,
    endpoint: &Endpoint,
    directory: &Directory,
    devices: &Devices,
) {
    let name = match &*endpoint.callerid.number {
        "" => endpoint.name.to_string(),
        number => format!("{}/{number}", endpoint.name),
    };
    let (indent, width) = (indent(0), first(0));
    let most = match endpoint.device_state_busy_at {
        0 => "inf".to_owned(),
        most => most.to_string(),
    };
    let _ = writeln!(
        text,
        "{:>indent$}:  {:width$}  {:12}  {} of {most}",
        "Endpoint",
        cut(&name, width),
        devices.words(directory, endpoint),
        devices.channels(&endpoint.name)
    );
}

/// An auth's line: `label` says which way it proves.
pub(super) fn auth(text: &mut String, label: &str, auth: &Auth) {
    let indent = indent(1);
    let _ = writeln!(text, "{label:>indent$}:  {}/{}", auth.name, auth.username);
}

/// An aor's line.
pub(super) fn aor(text: &mut String, aor: &Aor) {
    let (indent, width) = (indent(1), first(1));
    let _ = writeln!(
        text,
        "{:>indent$}:  {:width$}  {}",
        "Aor",
        cut(&aor.name, width),
        aor.max_contacts
    );
}

/// A contact's line.
pub(super) fn contact(text: &mut String, contact: &Contact) {
    let (indent, width) = (indent(2), contact_width());
    let name = format!("{}/{}", contact.aor, contact.uri);
    let hash = contact.id.rsplit('@').next().unwrap_or_default();
    let round_trip = contact.round_trip.map(milliseconds);
    let _ = writeln!(
        text,
        "{:>indent$}:  {:width$} {:10} {:7} {:>11}",
        "Contact",
        cut(&name, width),
        cut(hash, 10),
        contact.status.short(),
        round_trip.unwrap_or_else(|| "nan".to_owned())
    );
}

fn milliseconds(span: Duration) -> String {
    format!("{:.3}", span.as_secs_f64() * 1000.0)
}

/// A transport's line.
pub(super) fn transport(text: &mut String, transport: &Transport) {
    let indent = indent(1);
    let _ = writeln!(
        text,
        "{:>indent$}:  {:21}  {:>6}  {:>5}  {:>5}  {}",
        "Transport",
        cut(&transport.name, 21),
        transport.protocol_word(),
        transport.shown("cos"),
        transport.tos,
        transport.address()
    );
}

/// An identify's lines.
pub(super) fn identify(text: &mut String, identify: &Identify) {
    let (outer, inner) = (indent(1), indent(2));
    let _ = writeln!(
        text,
        "{:>outer$}:  {}/{}",
        "Identify", identify.name, identify.endpoint
    );
    let masks = identify.masks.iter().map(sip::settings::Mask::cidr);
    let hosts = identify.hosts.iter().map(ToString::to_string);
    let header = identify.shown("match_header");
    let asked = identify.shown("match_request_uri");
    let others = [header, asked].map(str::to_owned).into_iter();
    for criterion in masks
        .chain(hosts)
        .chain(others.filter(|one| !one.is_empty()))
    {
        let _ = writeln!(text, "{:>inner$}: {criterion}", "Match");
    }
}

/// A channel's lines.
pub(super) fn channel(
    text: &mut String,
    [name, state, time]: [&str; 3],
    [exten, number, caller]: [&str; 3],
) {
    let (outer, inner, width) = (indent(1), indent(2), first(1));
    let _ = writeln!(
        text,
        "{:>outer$}: {:width$}  {state:12}  {time}",
        "Channel",
        cut(name, width),
    );
    let _ = writeln!(
        text,
        "{:>inner$}: {:24}  CLCID: \"{caller}\" <{number}>",
        "Exten",
        cut(exten, 24)
    );
}

/// An endpoint's line, and those of all that belongs to it.
pub(super) fn whole_endpoint(
    text: &mut String,
    of: &Endpoint,
    directory: &Directory,
    settings: &Settings,
    devices: &Devices,
) {
    endpoint(text, of, directory, devices);
    for (label, names) in [("InAuth", &of.auth), ("OutAuth", &of.outbound_auth)] {
        for found in names.iter().filter_map(|name| settings.auths.get(name)) {
            auth(text, label, found);
        }
    }
    for found in of.aors.iter().filter_map(|name| settings.aors.get(name)) {
        whole_aor(text, found, directory);
    }
    if let Some(found) = settings
        .transport(&of.transport)
        .filter(|_| !of.transport.is_empty())
    {
        transport(text, found);
    }
    for found in settings
        .identifies
        .iter()
        .filter(|one| one.endpoint == of.name)
    {
        identify(text, found);
    }
    devices.show(text, &of.name);
}

/// An aor's line, and those of its contacts.
pub(super) fn whole_aor(text: &mut String, of: &Aor, directory: &Directory) {
    aor(text, of);
    for found in contacts(directory, of) {
        contact(text, &found);
    }
}

/// The contacts of an aor: those of the configuration first, known to the core or not.
pub(super) fn contacts(directory: &Directory, aor: &Aor) -> Vec<Contact> {
    let live = directory.contacts_of(&aor.name);
    let fixed = aor.contact.iter().map(|uri| {
        let known = live.iter().find(|contact| contact.uri == *uri);
        known.map_or_else(|| unknown(aor, uri), |contact| Contact::clone(contact))
    });
    let registered = live
        .iter()
        .filter(|contact| !aor.contact.contains(&contact.uri));
    fixed
        .chain(registered.map(|contact| Contact::clone(contact)))
        .collect()
}

fn unknown(aor: &Aor, uri: &switch::Text) -> Contact {
    Contact {
        aor: aor.name.clone(),
        id: sip::directory::static_contact_id(&aor.name, uri),
        uri: uri.clone(),
        fixed: true,
        ..Contact::default()
    }
}
