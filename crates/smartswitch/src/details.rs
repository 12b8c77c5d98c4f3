//! What the dialplan may know of endpoints, addresses of record, contacts and the sound of calls.

use dialplan::world::Subject;
use media::plane::Plane;
use sip::directory::{Contact, ContactStatus, Directory};
use sip::settings::Aor;
use switch::ChannelId;

/// A field of something that pjsip.conf or a registration made, by the name that it has there.
pub(crate) fn of_object(
    directory: &Directory,
    object: &Subject,
    field: &str,
) -> Result<String, String> {
    let settings = directory.settings();
    let (kind, name, known) = match object {
        Subject::Endpoint(name) => {
            let endpoint = settings.endpoints.get(name);
            let field = |one: &std::sync::Arc<sip::settings::Endpoint>| option(one.fields(), field);
            ("endpoint", name, endpoint.map(field))
        }
        Subject::Aor(name) => {
            let aor = settings.aors.get(name);
            ("aor", name, aor.map(|aor| of_aor(directory, aor, field)))
        }
        Subject::Contact(name) => {
            let contacts = directory.contacts();
            let contact = contacts.iter().find(|contact| contact.id == *name);
            let aor = |contact: &Contact| settings.aors.get(&contact.aor).cloned();
            let found = contact.map(|contact| of_contact(contact, aor(contact).as_deref(), field));
            ("contact", name, found)
        }
        Subject::Channel(_) => return Err("a channel is not configured".to_owned()),
    };
    let known = known.ok_or_else(|| format!("there is no {kind} {name}"))?;
    known.ok_or_else(|| format!("there is no {field:?} of the {kind} {name}"))
}

fn option<'a>(
    mut fields: impl Iterator<Item = sip::settings::Field<'a>>,
    option: &str,
) -> Option<String> {
    let found = fields.find(|field| field.option.eq_ignore_ascii_case(option));
    found.map(|field| field.value.to_owned())
}

fn of_aor(directory: &Directory, aor: &Aor, field: &str) -> Option<String> {
    if field.eq_ignore_ascii_case("contact") {
        let contacts = directory.contacts_of(&aor.name);
        let names: Vec<&str> = contacts.iter().map(|contact| &*contact.id).collect();
        return Some(names.join(","));
    }
    option(aor.fields(), field)
}

/// A contact has the options of its address of record that say how it is asked, besides its own.
fn of_contact(contact: &Contact, aor: Option<&Aor>, field: &str) -> Option<String> {
    let field = field.to_ascii_lowercase();
    Some(match &*field {
        "status" => contact.status.word().to_owned(),
        "rtt" => match contact.round_trip {
            Some(span) if contact.status == ContactStatus::Reachable => {
                span.as_micros().to_string()
            }
            _ => "N/A".to_owned(),
        },
        "uri" => contact.uri.to_string(),
        "expiration_time" => contact.expires.seconds().to_string(),
        "user_agent" => contact.user_agent.to_string(),
        "endpoint" => contact.endpoint.to_string(),
        "path" => contact.path.to_string(),
        "via_addr" => contact.via_address.to_string(),
        "via_port" => contact.via_port.to_string(),
        "call_id" => contact.call_id.to_string(),
        "prune_on_boot" => match contact.prune_on_boot {
            true => "yes",
            false => "no",
        }
        .to_owned(),
        // Servers that share a database name themselves here.
        "reg_server" => String::new(),
        "outbound_proxy"
        | "qualify_frequency"
        | "qualify_timeout"
        | "qualify_2xx_only"
        | "authenticate_qualify" => option(aor?.fields(), &field)?,
        _ => return None,
    })
}

/// `rtp,…` and `rtcp,…` of a channel; `None` where something else is asked for.
pub(crate) fn of_sound(
    plane: &Plane,
    channel: ChannelId,
    field: &str,
) -> Option<Result<String, String>> {
    let mut parts = field.split(',').map(str::trim);
    let family = parts.next().unwrap_or_default().to_ascii_lowercase();
    let what = parts.next().unwrap_or_default().to_ascii_lowercase();
    let kind = parts.next().unwrap_or("audio");
    let found = match &*family {
        "rtp" => plane.line(channel).map(|line| {
            let yes = |is: bool| if is { "1" } else { "0" }.to_owned();
            // The words of an address that is not there.
            let null = || "(null)".to_owned();
            Some(match &*what {
                "src" => line.local.to_string(),
                "dest" => line.remote.map_or_else(null, |address| address.to_string()),
                // Sound of two phones never goes past the switch.
                "direct" => null(),
                "secure" => yes(line.secure),
                "hold" => yes(line.held),
                _ => return None,
            })
        }),
        "rtcp" => plane
            .counted(channel)
            .map(|counted| sip::call::figure(&counted, &what)),
        _ => return None,
    };
    Some(match (kind.eq_ignore_ascii_case("audio"), found) {
        (false, _) => Err(format!("there is no {kind} here")),
        (true, None) => Err("the channel has no sound".to_owned()),
        (true, Some(None)) => Err(format!("there is no {what:?} of sound")),
        (true, Some(Some(value))) => Ok(value),
    })
}
