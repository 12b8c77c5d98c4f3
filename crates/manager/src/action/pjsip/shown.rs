//! What the answers about SIP have in common: how endpoints, aors and contacts are shown.

use std::collections::HashMap;
use std::sync::Arc;

use ami::event::pjsip::ContactStatusDetail;
use engine::request::Request;
use sip::directory::{Contact, Directory, endpoint_of, phrase};
use sip::settings::{Aor, Endpoint, Field, Settings};
use switch::Text;
use switch::device::DeviceState;

use crate::action::Cx;
use crate::reply::{List, Reply};

/// The values of an object as the lines of an event.
pub(super) fn lines<'a>(fields: impl Iterator<Item = Field<'a>>) -> Vec<(&'a str, &'a str)> {
    fields.map(|field| (field.key, field.value)).collect()
}

/// States of devices, and the channels that lead to them, at one moment.
pub(super) struct Devices {
    states: HashMap<Text, DeviceState>,
    channels: HashMap<String, u64>,
}

impl Devices {
    /// Asks the engine.
    pub(super) async fn read(cx: &Cx<'_>) -> Result<Devices, Reply> {
        let states = cx.engine.ask(Request::Devices).await?;
        let mut channels = HashMap::new();
        for channel in cx.engine.ask(Request::Channels).await? {
            if let Some(device) = endpoint_of(&channel.name) {
                *channels.entry(device.to_owned()).or_default() += 1;
            }
        }
        Ok(Devices {
            states: states.into_iter().collect(),
            channels,
        })
    }

    /// How many channels lead to an endpoint.
    pub(super) fn channels(&self, endpoint: &str) -> u64 {
        self.channels.get(endpoint).copied().unwrap_or_default()
    }

    /// An endpoint's state in words.
    pub(super) fn words(&self, directory: &Directory, endpoint: &Endpoint) -> &'static str {
        let name = format!("PJSIP/{}", endpoint.name);
        let known = self.states.get(name.as_str()).copied();
        phrase(directory.state(endpoint, known))
    }
}

/// Contacts of an aor that registered.
pub(super) fn registered(directory: &Directory, aor: &str) -> Vec<Arc<Contact>> {
    let mut contacts = directory.contacts_of(aor);
    contacts.retain(|contact| !contact.fixed);
    contacts
}

/// `trunk/sip:127.0.0.9:5090` for each contact of the configuration, with commas between.
pub(super) fn fixed(aor: &Aor) -> String {
    let contacts = aor.contact.iter();
    let contacts: Vec<String> = contacts.map(|uri| format!("{}/{uri}", aor.name)).collect();
    contacts.join(",")
}

/// `6001/sip:6001@127.0.0.1:5071,` for each contact of an aor, those of the configuration first.
pub(super) fn contacts(directory: &Directory, settings: &Settings, name: &str) -> String {
    let fixed = settings.aors.get(name).map(|aor| aor.contact.clone());
    let fixed = fixed.unwrap_or_default();
    let live = registered(directory, name);
    let live = live.iter().map(|contact| contact.uri.clone());
    let all = fixed.into_iter().chain(live);
    all.map(|uri| format!("{name}/{uri},")).collect()
}

/// The values of an aor; its contacts in the form of events.
pub(super) fn aor_lines<'a>(
    aor: &'a Aor,
    fixed: &'a str,
    contacts_key: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let fields = aor.fields();
    fields
        .map(|field| match field.option {
            "contact" => (contacts_key, fixed),
            _ => (field.key, field.value),
        })
        .collect()
}

/// Microseconds that a contact's answer took, or `N/A`.
pub(super) fn round_trip(contact: &Contact) -> String {
    match contact.round_trip {
        Some(span) => span.as_micros().to_string(),
        None => "N/A".to_owned(),
    }
}

/// Seconds since 1970 at which a contact expires.
pub(super) fn expires(contact: &Contact) -> u64 {
    contact.expires.0 / 1_000_000
}

/// Adds a contact with its status to a list.
pub(super) fn contact_status(list: &mut List<'_>, contact: &Contact, aor: &Aor) {
    let via_address = format!("{}:{}", contact.via_address, contact.via_port);
    list.item(&ContactStatusDetail {
        aor: &contact.aor,
        uri: &contact.uri,
        user_agent: &contact.user_agent,
        reg_expire: expires(contact),
        via_address: (!contact.via_address.is_empty()).then_some(&*via_address),
        call_id: (!contact.call_id.is_empty()).then_some(&*contact.call_id),
        status: contact.status.word(),
        roundtrip_usec: &round_trip(contact),
        endpoint_name: &contact.endpoint,
        id: &contact.id,
        authenticate_qualify: aor.authenticate_qualify.into(),
        outbound_proxy: &aor.outbound_proxy,
        path: &contact.path,
        qualify_frequency: aor.qualify_frequency.as_secs(),
        qualify_timeout: &format!("{:.3}", aor.qualify_timeout.as_secs_f64()),
        qualify_2xx_only: aor.qualify_2xx_only.into(),
    });
}

/// The endpoint that a client names, with the technology before it or without.
pub(super) fn named<'a>(settings: &'a Settings, name: &str) -> Option<&'a Arc<Endpoint>> {
    let bare = match name.get(..6) {
        Some(prefix) if prefix.eq_ignore_ascii_case("pjsip/") => name.get(6..).unwrap_or_default(),
        _ => name,
    };
    settings.endpoints.get(bare)
}
