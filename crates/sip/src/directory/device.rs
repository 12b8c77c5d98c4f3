//! Endpoints as devices: how their state is told, and which channels lead to them.

use switch::device::DeviceState;

use super::{ContactStatus, Directory};
use crate::settings::Endpoint;

impl Directory {
    /// Whether an endpoint can be found at all: an aor of it has a contact that is not known to be dead.
    pub fn is_reachable(&self, endpoint: &Endpoint) -> bool {
        let settings = self.settings();
        endpoint.aors.iter().any(|name| {
            let live = self.contacts_of(name);
            let answers = |uri: &str| {
                let known = live.iter().find(|contact| &*contact.uri == uri);
                known.is_none_or(|contact| contact.status != ContactStatus::Unreachable)
            };
            let aor = settings.aors.get(name);
            let fixed = aor.is_some_and(|aor| aor.contact.iter().any(|uri| answers(uri)));
            fixed || live.iter().any(|contact| answers(&contact.uri))
        })
    }

    /// An endpoint's state: what the engine knows of it, or else whether it can be found.
    pub fn state(&self, endpoint: &Endpoint, known: Option<DeviceState>) -> DeviceState {
        known.unwrap_or_else(|| match self.is_reachable(endpoint) {
            true => DeviceState::NotInUse,
            false => DeviceState::Unavailable,
        })
    }
}

/// The endpoint that a channel leads to: `6001` of `PJSIP/6001-0000000a`.
pub fn endpoint_of(channel: &str) -> Option<&str> {
    let (endpoint, _) = channel.strip_prefix("PJSIP/")?.rsplit_once('-')?;
    Some(endpoint)
}

/// A device's state as people read it.
pub fn phrase(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Unknown => "Unknown",
        DeviceState::NotInUse => "Not in use",
        DeviceState::InUse => "In use",
        DeviceState::Busy => "Busy",
        DeviceState::Invalid => "Invalid",
        DeviceState::Unavailable => "Unavailable",
        DeviceState::Ringing => "Ringing",
        DeviceState::RingInUse => "Ring+Inuse",
        DeviceState::OnHold => "On Hold",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::directory::Contact;
    use crate::settings::Settings;

    #[test]
    fn an_endpoint_is_reachable_while_a_contact_may_answer() {
        let config = config::Config::from_text(
            "pjsip.conf",
            "[phone]\ntype=endpoint\nallow=ulaw\naors=phone\n[phone]\ntype=aor\n\
             [trunk]\ntype=endpoint\nallow=ulaw\naors=trunk\n[trunk]\ntype=aor\ncontact=sip:a\n",
        )
        .unwrap();
        let directory = Directory::default();
        directory.configure(Arc::new(Settings::read(&config, None).0));
        let state = |name: &str| {
            let settings = directory.settings();
            phrase(directory.state(&settings.endpoints[name], None))
        };
        let put = |aor: &str, uri: &str, status| {
            directory.put_contact(Contact {
                aor: aor.into(),
                uri: uri.into(),
                status,
                ..Contact::default()
            });
        };
        assert_eq!(
            (state("phone"), state("trunk")),
            ("Unavailable", "Not in use")
        );
        put("phone", "sip:b", ContactStatus::NonQualified);
        put("trunk", "sip:a", ContactStatus::Unreachable);
        assert_eq!(
            (state("phone"), state("trunk")),
            ("Not in use", "Unavailable")
        );
        put("trunk", "sip:c", ContactStatus::Reachable);
        assert_eq!(state("trunk"), "Not in use");
    }

    #[test]
    fn the_endpoint_of_a_channel() {
        assert_eq!(endpoint_of("PJSIP/office-1-0000000a"), Some("office-1"));
        assert_eq!(endpoint_of("Local/1@default-00000001;1"), None);
    }
}
