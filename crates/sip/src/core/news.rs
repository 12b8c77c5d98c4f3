//! What contacts do, told: to the engine, to everybody, to the live state and to the key database.

use std::sync::Arc;

use engine::Input;
use engine::request::{Request as Engine, Responder};
use switch::fact::{ContactChange, Fact, PeerChange};
use switch::{Text, Time};

use super::{Core, stored};
use crate::contacts::{Contact, Status, endpoints_of};
use crate::directory;
use crate::settings::Endpoint;

impl Core {
    /// A contact is new.
    pub(super) fn contact_came(&mut self, id: u64) {
        let Some(contact) = self.contacts.get(id).cloned() else {
            return;
        };
        self.store(&contact);
        self.show(&contact);
        self.tell_reach(&contact.aor);
        self.tell_newcomer(&contact);
        // One that is asked is told of when it answers; one that is not is there from now on.
        if contact.status == Status::NonQualified {
            if contact.registered.is_some() {
                self.peers_are(&contact.aor);
                self.contact_is(&contact, Status::NonQualified.word());
            }
        } else {
            self.qualify_first(id);
        }
    }

    /// A contact is over.
    pub(super) fn forget(&mut self, id: u64) {
        let Some(contact) = self.contacts.remove(id) else {
            return;
        };
        if contact.registered.is_some() {
            let key = contact.name();
            self.out.engine.push(Input::Request(Engine::DatabaseDelete(
                stored::FAMILY.into(),
                key.into(),
                Responder::ignore(),
            )));
        }
        self.contact_gone(&contact, "Removed");
    }

    /// A contact is no longer in the list.
    pub(super) fn contact_gone(&mut self, contact: &Contact, word: &'static str) {
        self.directory.remove_contact(&contact.aor, &contact.uri);
        self.tell_reach(&contact.aor);
        if !self.reachable(&contact.aor) {
            self.peers_are(&contact.aor);
        }
        self.contact_is(contact, word);
    }

    /// Whether any contact of an address of record can be reached.
    pub(super) fn reachable(&self, aor: &str) -> bool {
        self.contacts.of(aor).any(Contact::is_reachable)
    }

    /// Tells the engine where those can be reached whose address of record this is.
    pub(super) fn tell_reach(&mut self, aor: &str) {
        let settings = Arc::clone(&self.settings);
        for endpoint in endpoints_of(&settings, aor) {
            let contacts = self.reached(endpoint);
            self.out.engine.push(Input::Reach {
                technology: "PJSIP",
                device: endpoint.name.clone(),
                contacts,
            });
        }
    }

    /// Where an endpoint can be reached, as `PJSIP_DIAL_CONTACTS` names it.
    pub(super) fn reached(&self, endpoint: &Endpoint) -> Vec<Text> {
        endpoint
            .aors
            .iter()
            .flat_map(|aor| self.contacts.of(aor))
            .filter(|contact| contact.is_reachable())
            .map(|contact| contact.uri.clone())
            .collect()
    }

    /// Says whether the endpoints of an address of record can be reached.
    pub(super) fn peers_are(&mut self, aor: &str) {
        let settings = Arc::clone(&self.settings);
        for endpoint in endpoints_of(&settings, aor) {
            let there = !self.reached(endpoint).is_empty();
            self.saw(Fact::PeerChanged(Box::new(PeerChange {
                technology: "PJSIP",
                peer: format!("PJSIP/{}", endpoint.name).into(),
                status: if there { "Reachable" } else { "Unreachable" },
                cause: Text::default(),
                address: None,
                round_trip: None,
            })));
        }
    }

    /// Says what a contact is now.
    pub(super) fn contact_is(&mut self, contact: &Contact, status: &'static str) {
        let endpoint = self.endpoint_of(contact);
        self.saw(Fact::ContactChanged(Box::new(ContactChange {
            uri: contact.uri.clone(),
            status,
            aor: contact.aor.clone(),
            endpoint,
            round_trip: contact.round_trip,
        })));
    }

    /// The endpoint that has a contact: the one that registered it, or the first that names its address
    /// of record.
    pub(super) fn endpoint_of(&self, contact: &Contact) -> Text {
        match &contact.registered {
            Some(how) => how.endpoint.clone(),
            None => endpoints_of(&self.settings, &contact.aor)
                .next()
                .map_or_else(Text::default, |endpoint| endpoint.name.clone()),
        }
    }

    /// Writes a contact into the live state.
    pub(super) fn show(&mut self, contact: &Contact) {
        let endpoint = self.endpoint_of(contact);
        let mut shown = directory::Contact {
            aor: contact.aor.clone(),
            uri: contact.uri.clone(),
            id: contact.name().into(),
            fixed: contact.registered.is_none(),
            endpoint,
            status: match contact.status {
                Status::NonQualified => directory::ContactStatus::NonQualified,
                Status::Unknown => directory::ContactStatus::Unknown,
                Status::Reachable => directory::ContactStatus::Reachable,
                Status::Unreachable => directory::ContactStatus::Unreachable,
            },
            round_trip: (contact.status == Status::Reachable).then_some(contact.round_trip),
            ..directory::Contact::default()
        };
        if let Some(how) = &contact.registered {
            shown.user_agent = how.user_agent.clone();
            shown.expires = Time(how.until.seconds() * 1_000_000);
            shown.via_address = how.via.ip().to_string().into();
            shown.via_port = how.via.port();
            shown.call_id = how.call_id.clone();
            shown.path = stored::joined(&how.path).into();
            shown.prune_on_boot = how.bound;
        }
        self.directory.put_contact(shown);
    }
}
