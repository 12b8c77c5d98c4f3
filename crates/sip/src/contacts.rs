//! Where addresses of record may be found: contacts that registered, and those that pjsip.conf names.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use switch::{Text, Time};

use crate::digest::md5_hex;
use crate::settings::Settings;
use crate::wire::Flow;

/// A place where an address of record may be found.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Its number, for as long as it is known.
    pub id: u64,
    /// The address of record.
    pub aor: Text,
    /// The address: what was registered, or with `rewrite_contact` where it came from.
    pub uri: Text,
    /// How it registered; `None` for one that pjsip.conf names.
    pub registered: Option<Registered>,
    /// Whether it is there.
    pub status: Status,
    /// How long its last answer took.
    pub round_trip: Duration,
}

/// How a contact registered.
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    /// The endpoint that did.
    pub endpoint: Text,
    /// When it is over.
    pub until: Time,
    /// `Call-ID` of the registration.
    pub call_id: Text,
    /// The address as the phone wrote it: what it finds itself by in our answer.
    pub said: Text,
    /// `User-Agent`.
    pub user_agent: Text,
    /// `Path`, the first proxy first.
    pub path: Vec<Text>,
    /// Where the request came from: address and port.
    pub via: SocketAddr,
    /// Its weight: 1000 for `q=1`.
    pub q: u16,
    /// The way that it came; `None` after a restart.
    pub flow: Option<Flow>,
    /// Whether it goes when its connection does, or at a restart.
    pub bound: bool,
}

/// Whether a contact is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Nobody asks.
    #[default]
    NonQualified,
    /// It was not asked yet.
    Unknown,
    /// It answered.
    Reachable,
    /// It did not.
    Unreachable,
}

impl Status {
    /// The word that `ContactStatus` has.
    pub fn word(self) -> &'static str {
        match self {
            Status::NonQualified => "NonQualified",
            Status::Unknown => "Unknown",
            Status::Reachable => "Reachable",
            Status::Unreachable => "Unreachable",
        }
    }
}

impl Contact {
    /// Its name: `6001;@` and a hash of the address; `6001@@` for one that pjsip.conf names.
    pub fn name(&self) -> String {
        let hash = md5_hex(&self.uri);
        match self.registered {
            Some(_) => format!("{};@{hash}", self.aor),
            None => format!("{}@@{hash}", self.aor),
        }
    }

    /// Whether calls go there.
    pub fn is_reachable(&self) -> bool {
        self.status != Status::Unreachable
    }

    /// Whether its registration is over, though nobody has looked yet.
    pub fn is_over(&self, now: Time) -> bool {
        self.registered.as_ref().is_some_and(|how| how.until <= now)
    }
}

/// All contacts.
#[derive(Debug, Default)]
pub struct Contacts {
    count: u64,
    all: HashMap<u64, Contact>,
    by_aor: BTreeMap<Text, Vec<u64>>,
}

impl Contacts {
    /// Those of an address of record, in order of their coming.
    pub fn of<'a>(&'a self, aor: &str) -> impl Iterator<Item = &'a Contact> + use<'a> {
        let ids = self.by_aor.get(aor).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.all.get(id))
    }

    /// All, by address of record.
    pub fn all(&self) -> impl Iterator<Item = &Contact> {
        self.by_aor
            .values()
            .flatten()
            .filter_map(|id| self.all.get(id))
    }

    /// One.
    pub fn get(&self, id: u64) -> Option<&Contact> {
        self.all.get(&id)
    }

    /// One, to change it.
    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Contact> {
        self.all.get_mut(&id)
    }

    /// The one of an address.
    pub fn find(&self, aor: &str, uri: &str) -> Option<&Contact> {
        self.of(aor).find(|contact| &*contact.uri == uri)
    }

    /// The one that calls to an endpoint go to: of its addresses of record in order, the one with the
    /// highest weight that can be reached, and of several the one that came first.
    pub fn best(&self, aors: &[Text], now: Time) -> Option<&Contact> {
        aors.iter().find_map(|aor| {
            self.of(aor)
                .filter(|contact| contact.is_reachable() && !contact.is_over(now))
                .max_by_key(|c| {
                    (
                        c.registered.as_ref().map_or(1000, |r| r.q),
                        std::cmp::Reverse(c.id),
                    )
                })
        })
    }

    /// Adds one and says its number.
    pub(crate) fn add(&mut self, mut contact: Contact) -> u64 {
        self.count += 1;
        contact.id = self.count;
        let list = self.by_aor.entry(contact.aor.clone()).or_default();
        list.push(self.count);
        self.all.insert(self.count, contact);
        self.count
    }

    /// Takes one away.
    pub(crate) fn remove(&mut self, id: u64) -> Option<Contact> {
        let contact = self.all.remove(&id)?;
        if let Some(list) = self.by_aor.get_mut(&contact.aor) {
            list.retain(|one| *one != id);
            if list.is_empty() {
                self.by_aor.remove(&contact.aor);
            }
        }
        Some(contact)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Makes those that pjsip.conf names what it names now. The numbers of those that are gone, with
    /// what they were, and of those that are new.
    pub(crate) fn configure(&mut self, settings: &Settings) -> (Vec<Contact>, Vec<u64>) {
        let gone: Vec<u64> = self
            .all
            .values()
            .filter(|contact| match settings.aors.get(&contact.aor) {
                None => true,
                Some(aor) => contact.registered.is_none() && !aor.contact.contains(&contact.uri),
            })
            .map(|contact| contact.id)
            .collect();
        let gone = gone.into_iter().filter_map(|id| self.remove(id)).collect();
        let mut new = Vec::new();
        for aor in settings.aors.values() {
            for uri in &aor.contact {
                if self
                    .find(&aor.name, uri)
                    .is_none_or(|c| c.registered.is_some())
                {
                    new.push(self.add(Contact {
                        id: 0,
                        aor: aor.name.clone(),
                        uri: uri.clone(),
                        registered: None,
                        status: first_status(aor.qualify_frequency),
                        round_trip: Duration::ZERO,
                    }));
                }
            }
        }
        (gone, new)
    }
}

/// What a contact's status is before it was asked.
pub(crate) fn first_status(frequency: Duration) -> Status {
    match frequency.is_zero() {
        true => Status::NonQualified,
        false => Status::Unknown,
    }
}

/// The endpoints that an address of record belongs to.
pub(crate) fn endpoints_of<'a>(
    settings: &'a Settings,
    aor: &'a str,
) -> impl Iterator<Item = &'a Arc<crate::settings::Endpoint>> {
    settings
        .endpoints
        .values()
        .filter(move |endpoint| endpoint.aors.iter().any(|one| &**one == aor))
}
