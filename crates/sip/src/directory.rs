//! The live state that the manager interface and the console show, and the orders that they give.
//!
//! The core writes, everybody else reads: plain data behind short locks that nothing waits under.
//! Configuration is here too, as it was read last, so that whoever shows an endpoint needs nothing else.

mod device;
mod history;
mod request;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use switch::Text;

use crate::settings::Settings;

pub use device::{endpoint_of, phrase};
pub use history::{History, Passed};
pub(crate) use request::lines;
pub use request::{Absent, Debug, Log, Message, Notify, NotifyTarget, Request};
pub use state::{
    Contact, ContactStatus, Registered, Registration, Role, Subscription, Transport, contact_id,
    static_contact_id,
};

/// The live state, and the way to whoever acts on it.
#[derive(Default)]
pub struct Directory {
    live: RwLock<Live>,
    driver: RwLock<Option<Arc<Driver>>>,
    shower: RwLock<Option<Arc<Shower>>>,
    history: History,
}

/// Takes an order: whether it could.
type Driver = dyn Fn(Request) -> bool + Send + Sync;

/// Shows packets of sound from now on, or no longer: whether it can.
type Shower = dyn Fn(Debug, Log) -> bool + Send + Sync;

#[derive(Default)]
struct Live {
    settings: Arc<Settings>,
    /// By aor and address.
    contacts: BTreeMap<(Text, Text), Arc<Contact>>,
    /// By name of the section.
    registrations: BTreeMap<Text, Arc<Registration>>,
    /// By a number of the core's.
    subscriptions: BTreeMap<u64, Arc<Subscription>>,
    transports: Vec<Arc<Transport>>,
    maintenance: BTreeSet<Text>,
    log: Log,
}

impl Directory {
    /// pjsip.conf as it was read last.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.read().settings)
    }

    /// Puts what was read of pjsip.conf in place.
    pub fn configure(&self, settings: Arc<Settings>) {
        self.write().settings = settings;
    }

    /// All contacts by aor and address, those of the configuration that the core knows too.
    pub fn contacts(&self) -> Vec<Arc<Contact>> {
        self.read().contacts.values().cloned().collect()
    }

    /// The contacts of an aor by address.
    pub fn contacts_of(&self, aor: &str) -> Vec<Arc<Contact>> {
        let live = self.read();
        let from = (Text::from(aor), Text::default());
        let contacts = live.contacts.range(from..);
        let own = contacts.take_while(|((of, _), _)| &**of == aor);
        own.map(|(_, contact)| Arc::clone(contact)).collect()
    }

    /// A contact of an aor, by its address.
    pub fn contact(&self, aor: &str, uri: &str) -> Option<Arc<Contact>> {
        let key = (Text::from(aor), Text::from(uri));
        self.read().contacts.get(&key).cloned()
    }

    /// A contact is here, or is not any longer what it was.
    pub fn put_contact(&self, contact: Contact) {
        let key = (contact.aor.clone(), contact.uri.clone());
        self.write().contacts.insert(key, Arc::new(contact));
    }

    /// A contact is gone.
    pub fn remove_contact(&self, aor: &str, uri: &str) {
        let key = (Text::from(aor), Text::from(uri));
        self.write().contacts.remove(&key);
    }

    /// All registrations of ours that the core knows, by name.
    pub fn registrations(&self) -> Vec<Arc<Registration>> {
        self.read().registrations.values().cloned().collect()
    }

    /// How a registration of ours stands.
    pub fn registration(&self, name: &str) -> Option<Arc<Registration>> {
        self.read().registrations.get(name).cloned()
    }

    /// A registration of ours is here, or is not what it was.
    pub fn put_registration(&self, registration: Registration) {
        let name = registration.name.clone();
        self.write()
            .registrations
            .insert(name, Arc::new(registration));
    }

    /// A registration of ours is no longer in the configuration.
    pub fn remove_registration(&self, name: &str) {
        self.write().registrations.remove(name);
    }

    /// All subscriptions in the order of the core's numbers.
    pub fn subscriptions(&self) -> Vec<Arc<Subscription>> {
        self.read().subscriptions.values().cloned().collect()
    }

    /// A subscription is here, or is not what it was.
    pub fn put_subscription(&self, number: u64, subscription: Subscription) {
        self.write()
            .subscriptions
            .insert(number, Arc::new(subscription));
    }

    /// A subscription is over.
    pub fn remove_subscription(&self, number: u64) {
        self.write().subscriptions.remove(&number);
    }

    /// Where we listen, in the order of the file.
    pub fn transports(&self) -> Vec<Arc<Transport>> {
        self.read().transports.clone()
    }

    /// Says where we listen.
    pub fn put_transports(&self, transports: Vec<Transport>) {
        self.write().transports = transports.into_iter().map(Arc::new).collect();
    }

    /// Whether an endpoint is kept from new calls.
    pub fn in_maintenance(&self, endpoint: &str) -> bool {
        self.read().maintenance.contains(endpoint)
    }

    /// The endpoints that are kept from new calls, by name.
    pub fn maintained(&self) -> Vec<Text> {
        self.read().maintenance.iter().cloned().collect()
    }

    /// Keeps an endpoint from new calls, or lets them again: whether that is a change.
    pub fn maintain(&self, endpoint: &str, on: bool) -> bool {
        let mut live = self.write();
        match on {
            true => live.maintenance.insert(endpoint.into()),
            false => live.maintenance.remove(endpoint),
        }
    }

    /// Whose messages are logged.
    pub fn log(&self) -> Log {
        self.read().log
    }

    /// Says whose messages are logged.
    pub fn set_log(&self, log: Log) {
        self.write().log = log;
    }

    /// Whether messages of an address are logged.
    pub fn logs(&self, address: SocketAddr) -> bool {
        match self.log() {
            Log::Off => false,
            Log::All => true,
            Log::Host(host) => host == address.ip(),
            Log::Socket(socket) => socket == address,
        }
    }

    /// Messages that are kept to be looked at.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Says who takes orders from now on. What it is given must not wait: it is called by sessions.
    pub fn install(&self, driver: impl Fn(Request) -> bool + Send + Sync + 'static) {
        let mut place = self.driver.write().unwrap_or_else(PoisonError::into_inner);
        *place = Some(Arc::new(driver));
    }

    /// Nobody takes orders any more.
    pub fn uninstall(&self) {
        let mut place = self.driver.write().unwrap_or_else(PoisonError::into_inner);
        *place = None;
    }

    /// Gives an order. It is carried out in its time; who wants to know how it went puts a responder into
    /// it.
    pub fn order(&self, request: Request) -> Result<(), Absent> {
        let driver = self
            .driver
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match driver {
            Some(driver) if driver(request) => Ok(()),
            _ => Err(Absent),
        }
    }

    /// Says who shows packets of sound; it must not wait either.
    pub fn install_debug(&self, shower: impl Fn(Debug, Log) -> bool + Send + Sync + 'static) {
        let mut place = self.shower.write().unwrap_or_else(PoisonError::into_inner);
        *place = Some(Arc::new(shower));
    }

    /// Has packets of sound shown, or no longer: whether somebody can.
    pub fn debug(&self, what: Debug, whose: Log) -> bool {
        let shower = self
            .shower
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        shower.is_some_and(|shower| shower(what, whose))
    }

    // Whoever panics under a lock leaves at worst a map without its last entry: nothing that would have
    // to keep others out for ever.
    fn read(&self) -> RwLockReadGuard<'_, Live> {
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Live> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Directory")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(aor: &str, uri: &str) -> Contact {
        Contact {
            aor: aor.into(),
            uri: uri.into(),
            ..Contact::default()
        }
    }

    #[test]
    fn contacts_are_found_by_aor() {
        let directory = Directory::default();
        for (aor, uri) in [
            ("6001", "sip:b"),
            ("60", "sip:x"),
            ("6001", "sip:a"),
            ("6002", "sip:y"),
        ] {
            directory.put_contact(contact(aor, uri));
        }
        let of = |aor| -> Vec<String> {
            let contacts = directory.contacts_of(aor);
            contacts
                .iter()
                .map(|contact| contact.uri.to_string())
                .collect()
        };
        assert_eq!(of("6001"), ["sip:a", "sip:b"]);
        assert_eq!(of("60"), ["sip:x"]);
        assert_eq!(of("7"), Vec::<String>::new());
        directory.remove_contact("6001", "sip:a");
        assert_eq!(of("6001"), ["sip:b"]);
    }

    #[test]
    fn an_order_that_nobody_takes_says_so() {
        let directory = Directory::default();
        let asked = || Request::Register("trunk".into());
        assert_eq!(directory.order(asked()), Err(Absent));
        directory.install(|_| true);
        assert_eq!(directory.order(asked()), Ok(()));
        directory.install(|_| false);
        assert_eq!(directory.order(asked()), Err(Absent));
        directory.uninstall();
        assert_eq!(directory.order(asked()), Err(Absent));
    }
}
