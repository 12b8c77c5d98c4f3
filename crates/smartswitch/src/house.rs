//! The daemon around the switch, as the console and the manager see it.

mod for_console;
mod for_manager;
mod listening;
mod modules;
mod reload;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use dialplan::tones::Zones;
use dialplan::world::FeatureRules;
use engine::request::{Request, Responder, Stop};
use manager::Manager;
use manager::engine::EngineHandle;
use net::clock::Clock;
use switch::Time;
use switch::fact::Fact;
use switch::module::Modules;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::call_records::CallRecords;
use crate::directories::Directories;
use crate::files::{Files, Records, engine_settings};
use crate::log::Log;
use crate::options::Options;
use crate::phones::Phones;

/// The version that clients look at before they trust what they read: Asterisk's, whose interface this
/// is.
pub(crate) const VERSION: &str = "22.0.0";

/// What `core show version` and `-V` print. Clients find the version behind the first word.
pub(crate) fn version_line() -> String {
    format!(
        "Asterisk {VERSION} built by Smartswitch {} on a {} running {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH,
        std::env::consts::OS
    )
}

/// How long calls that were told to end have before the switch ends without them.
const LAST_CALLS: std::time::Duration = std::time::Duration::from_secs(5);

/// How the switch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    /// Whether it starts anew.
    pub(crate) restart: bool,
    /// Whether its calls were let come to their end.
    pub(crate) cleanly: bool,
}

/// The daemon around the switch.
pub(crate) struct House {
    me: Weak<House>,
    runtime: Handle,
    clock: Clock,
    started: Time,
    reloaded: AtomicU64,
    pub(crate) directories: Directories,
    options: Options,
    files: Files,
    modules: Arc<Modules>,
    engine: EngineHandle,
    log: Arc<Log>,
    manager: OnceLock<Arc<Manager>>,
    phones: OnceLock<Arc<Phones>>,
    /// What the engine was last told, to change a part of it.
    settings: Mutex<engine::Settings>,
    call_records: Mutex<Option<CallRecords>>,
    listening: Mutex<Vec<listening::Socket>>,
    reloading: tokio::sync::Mutex<()>,
    booted: watch::Sender<bool>,
    end: watch::Sender<Option<End>>,
}

/// What a [`House`] is built of.
pub(crate) struct Parts {
    pub(crate) runtime: Handle,
    pub(crate) clock: Clock,
    pub(crate) directories: Directories,
    pub(crate) options: Options,
    pub(crate) files: Files,
    pub(crate) modules: Arc<Modules>,
    pub(crate) engine: EngineHandle,
    pub(crate) log: Arc<Log>,
    pub(crate) settings: engine::Settings,
    pub(crate) records: Records,
}

impl House {
    /// The house of these parts; [`House::move_in`] gives it the manager.
    pub(crate) fn new(parts: Parts) -> Arc<House> {
        let now = parts.clock.now();
        let house = Arc::new_cyclic(|me| House {
            me: me.clone(),
            runtime: parts.runtime,
            clock: parts.clock,
            started: now,
            reloaded: AtomicU64::new(now.0),
            directories: parts.directories,
            options: parts.options,
            files: parts.files,
            modules: parts.modules,
            engine: parts.engine,
            log: parts.log,
            manager: OnceLock::new(),
            phones: OnceLock::new(),
            settings: Mutex::new(parts.settings),
            call_records: Mutex::default(),
            listening: Mutex::default(),
            reloading: tokio::sync::Mutex::default(),
            booted: watch::Sender::new(false),
            end: watch::Sender::new(None),
        });
        house.write_records(&parts.records);
        house
    }

    /// The manager, which needs the house first.
    pub(crate) fn move_in(&self, manager: Arc<Manager>) {
        // It moves in once, at the start.
        let _ = self.manager.set(manager);
    }

    /// The phones, which need the engine's queue first.
    pub(crate) fn connect(&self, phones: Arc<Phones>) {
        // They are connected once, at the start.
        let _ = self.phones.set(phones);
    }

    /// Everything is loaded.
    pub(crate) fn boot(&self) {
        let uptime = self.clock.now().since(self.started).as_secs();
        self.tell(Fact::FullyBooted {
            uptime,
            last_reload: uptime,
        });
        self.booted.send_replace(true);
    }

    /// Turns into something once the switch is to end.
    pub(crate) fn ending(&self) -> watch::Receiver<Option<End>> {
        self.end.subscribe()
    }

    /// Tells everybody a fact that came about here.
    pub(crate) fn tell(&self, fact: Fact) {
        if let Err(why) = self.engine.tell(Request::Tell(fact)) {
            tracing::warn!("a fact was not told: {why}");
        }
    }

    /// Ends the switch when its calls are over, or takes that back.
    pub(crate) fn end(&self, how: Stop, restart: bool) {
        let Some(house) = self.me.upgrade() else {
            return;
        };
        self.runtime.spawn(async move {
            let over = house.engine.ask(|reply| Request::Stop(how, reply));
            let over = match how {
                Stop::Abort => {
                    // Whoever waited for the end is told as well.
                    let _ = over.await;
                    return;
                }
                Stop::Now => tokio::time::timeout(LAST_CALLS, over).await == Ok(Ok(true)),
                Stop::Gracefully | Stop::WhenConvenient => over.await == Ok(true),
            };
            if over || how == Stop::Now {
                house.end.send_replace(Some(End {
                    restart,
                    cleanly: over,
                }));
            }
        });
    }

    /// Has the engine make as many lines of what it does as anybody wants to see.
    pub(crate) fn ask_around(&self) {
        let wanted = self.log.ask_around();
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if settings.verbosity != wanted {
            settings.verbosity = wanted;
            self.configure_engine(&settings);
        }
    }

    /// A call record is complete.
    pub(crate) fn record(&self, record: &switch::cdr::Cdr) {
        let records = self
            .call_records
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(records) = &*records {
            records.write(record);
        }
    }

    /// Closes the files of call records once all are written.
    pub(crate) fn close_records(&self) {
        drop(
            self.call_records
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }

    /// Opens or closes the files of call records as the configuration wants them.
    fn write_records(&self, records: &Records) {
        let wanted = records
            .csv
            .filter(|_| records.cdr.enabled && self.modules.loaded("cdr_csv"));
        let opened =
            wanted.and_then(
                |options| match CallRecords::start(&self.directories.log, options) {
                    Ok(records) => Some(records),
                    Err(e) => {
                        tracing::error!("cdr_csv: call records are not written: {e}");
                        None
                    }
                },
            );
        let mut records = self
            .call_records
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // The old files are closed before anything is written by the new writer.
        drop(records.take());
        *records = opened;
    }

    fn configure_engine(&self, settings: &engine::Settings) {
        let request = Request::Configure(Box::new(settings.clone()), Responder::ignore());
        if let Err(why) = self.engine.tell(request) {
            tracing::error!("the settings were not taken: {why}");
        }
    }

    /// Has the engine take what cdr.conf, cel.conf and manager.conf say now.
    fn configure(&self, records: &Records, manager: &manager::settings::Settings) {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        *settings = engine_settings(
            &self.options,
            records,
            manager,
            self.files.followed_applications(),
            settings.clone(),
        );
        self.configure_engine(&settings);
    }

    /// Has the engine take the tones of indications.conf.
    fn configure_tones(&self, tones: Zones) {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        settings.tones = Arc::new(tones);
        self.configure_engine(&settings);
    }

    /// Has the engine take the keys of features.conf.
    fn configure_features(&self, rules: FeatureRules) {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        settings.features = Arc::new(rules);
        self.configure_engine(&settings);
    }

    fn reloaded_now(&self) {
        self.reloaded.store(self.clock.now().0, Ordering::Relaxed);
    }
}
