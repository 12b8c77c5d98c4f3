//! What all sessions share.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use switch::Time;
use switch::fact::Fact;

use crate::engine::EngineHandle;
use crate::fanout::Hub;
use crate::host::Host;
use crate::peer::Peer;
use crate::register::{Connected, Refused, Register, Ticket};
use crate::rendered::Rendered;
use crate::settings::Settings;
use crate::tell;

/// The manager interface of one switch.
pub struct Manager {
    pub(crate) engine: EngineHandle,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) hub: Arc<Hub>,
    settings: ArcSwap<Settings>,
    told: ArcSwap<tell::Settings>,
    register: Arc<Register>,
}

impl Manager {
    /// A manager, and the [`Teller`] that its thread feeds with facts.
    pub fn new(
        settings: Settings,
        told: tell::Settings,
        engine: EngineHandle,
        host: Arc<dyn Host>,
    ) -> (Arc<Manager>, Teller) {
        let manager = Arc::new(Manager {
            engine,
            host,
            hub: Arc::default(),
            settings: ArcSwap::from_pointee(settings),
            told: ArcSwap::from_pointee(told),
            register: Arc::default(),
        });
        let teller = Teller::new(Arc::clone(&manager));
        (manager, teller)
    }

    /// The settings as they are now.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.load_full()
    }

    /// Puts new settings in place. Sessions that are logged in go on as the user they were.
    pub fn configure(&self, settings: Settings) {
        self.settings.store(Arc::new(settings));
    }

    /// Puts new settings of records and times in place.
    pub fn configure_events(&self, told: tell::Settings) {
        self.told.store(Arc::new(told));
    }

    /// All connections, the oldest first.
    pub fn connected(&self) -> Vec<Connected> {
        self.register.all()
    }

    /// Ends a connection: whether there was one of this number.
    pub fn kick(&self, number: u64) -> bool {
        self.register.throw_out(number)
    }

    /// Ends all connections, once they have taken what is written to them.
    pub fn close(&self) {
        self.register.throw_all_out();
    }

    /// The declarations of all actions by name, of modules that are not loaded too.
    pub fn actions() -> impl Iterator<Item = &'static ami::spec::ActionSpec> {
        crate::action::all().map(|entry| entry.spec)
    }

    pub(crate) fn enter(&self, peer: Peer) -> Result<Ticket, Refused> {
        self.register
            .enter(peer, self.host.now(), self.settings.load().auth_limit)
    }

    pub(crate) fn zone(&self) -> jiff::tz::TimeZone {
        self.told.load().zone.clone()
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Manager")
    }
}

/// Tells facts to whoever listens. One thread has it, and gives it what the engine leaves behind.
#[derive(Debug)]
pub struct Teller {
    manager: Arc<Manager>,
    told: Arc<tell::Settings>,
    words: tell::Teller,
    rendered: Rendered,
}

impl Teller {
    fn new(manager: Arc<Manager>) -> Teller {
        let told = manager.told.load_full();
        let words = tell::Teller::new((*told).clone(), Arc::clone(manager.host.modules()));
        Teller {
            manager,
            told,
            words,
            rendered: Rendered::default(),
        }
    }

    /// Tells these facts, which came about in this order, each at its time. Every listener is woken at
    /// most once, so it is best given many at a time.
    pub fn tell<'a>(&mut self, facts: impl IntoIterator<Item = (Time, &'a Fact)>) {
        let told = self.manager.told.load();
        if !Arc::ptr_eq(&told, &self.told) {
            self.told = Arc::clone(&told);
            self.words.configure((**told).clone());
        }
        self.rendered.restyle(&self.manager.settings.load().style);
        for (at, fact) in facts {
            self.rendered.at(at);
            self.words.tell(at, fact, &mut self.rendered);
        }
        self.manager.hub.publish(&self.rendered.take());
    }
}
