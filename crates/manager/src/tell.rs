//! What the switch tells its listeners: each [`Fact`] becomes the events of the wire.
//!
//! One [`Teller`] stands behind the engine. It renders an event once for each dialect, whoever and
//! however many may listen.

use std::sync::Arc;

use switch::Time;
use switch::fact::Fact;
use switch::module::Modules;

use crate::rendered::Rendered;

mod attempt;
mod bridge;
mod cdr;
pub mod cel;
mod channel;
mod clock;
mod dial;
pub(crate) mod group;
pub(crate) mod json;
mod old;
mod reach;
mod report;
mod settings;
mod state;
mod system;
mod user;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use cdr::CdrSettings;
pub(crate) use clock::Clock;
pub use settings::Settings;

/// Makes events of facts, one after the other.
#[derive(Debug)]
pub(crate) struct Teller {
    settings: Settings,
    modules: Arc<Modules>,
    clock: Clock,
    log: cel::Log,
    old: old::Memory,
}

impl Teller {
    /// A teller for a switch without channels.
    pub(crate) fn new(settings: Settings, modules: Arc<Modules>) -> Teller {
        Teller {
            clock: Clock::new(settings.zone.clone()),
            log: cel::Log::new(settings.cel.clone()),
            old: old::Memory::default(),
            settings,
            modules,
        }
    }

    /// Goes on with other settings; what is known of the channels stays.
    pub(crate) fn configure(&mut self, settings: Settings) {
        self.clock = Clock::new(settings.zone.clone());
        self.log.configure(settings.cel.clone());
        self.settings = settings;
    }

    /// Adds the events that this fact, of this time, gives; most give one, some none or several.
    pub(crate) fn tell(&mut self, at: Time, fact: &Fact, rendered: &mut Rendered) {
        channel::tell(fact, rendered);
        dial::tell(fact, rendered);
        bridge::tell(fact, rendered);
        state::tell(fact, rendered);
        user::tell(fact, rendered);
        system::tell(fact, rendered);
        reach::tell(fact, rendered);
        report::tell(fact, rendered);
        attempt::tell(at, fact, &self.clock, rendered);
        self.old.tell(fact, rendered);
        if let Fact::Cdr(record) = fact
            && self.settings.cdr.enabled
            && self.modules.loaded("cdr_manager")
        {
            cdr::tell(record, &self.settings.cdr, &mut self.clock, rendered);
        }
        let Teller {
            settings: Settings { cel, .. },
            modules,
            clock,
            log,
            ..
        } = self;
        log.note(fact, &mut |entry| {
            if cel.manager && modules.loaded("cel_manager") {
                cel::tell(at, entry, cel, clock, rendered);
            }
        });
    }
}
