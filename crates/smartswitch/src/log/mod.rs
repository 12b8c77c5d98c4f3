//! The log: what the parts of the switch say by `tracing`, written where logger.conf wants it.
//!
//! An event of `tracing` becomes a [`Line`]. An event whose target is `verbose` is a line about what the
//! switch does for people to watch; its field `level`, from 1, says how much one must want to see to see
//! it. Files are written by a thread of their own behind a bounded queue, and consoles read from a bounded
//! ring: neither a full disk nor a slow terminal holds a call up, and what was lost is counted and told.

mod file;
mod layer;
mod line;
mod settings;
mod writer;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::broadcast;

pub(crate) use layer::Layer;
pub(crate) use line::{Level, Line, Style};
pub(crate) use settings::Settings;
use writer::Writer;

/// Lines that a console may be behind before some are left out for it: a screenful many times over.
const CONSOLE_LINES: usize = 4_096;

/// All parts of the log together.
pub(crate) struct Log {
    settings: Mutex<Arc<Settings>>,
    writer: Writer,
    consoles: broadcast::Sender<Arc<Line>>,
    /// How much is shown on consoles that do not say.
    verbosity: AtomicU8,
    /// What each open console shows.
    watched: Mutex<Vec<Weak<AtomicU8>>>,
    /// The most that any console or file wants of what the switch does.
    wanted: AtomicU8,
    debug: AtomicU8,
    muted: AtomicBool,
}

impl Log {
    /// A log that writes its files below `directory`.
    pub(crate) fn new(
        directory: &Path,
        settings: Settings,
        verbose: u8,
        debug: u8,
    ) -> std::io::Result<Log> {
        let settings = Arc::new(settings);
        let log = Log {
            writer: Writer::start(directory, settings.clone())?,
            settings: Mutex::new(settings),
            consoles: broadcast::Sender::new(CONSOLE_LINES),
            verbosity: AtomicU8::new(verbose),
            watched: Mutex::default(),
            wanted: AtomicU8::new(0),
            debug: AtomicU8::new(debug),
            muted: AtomicBool::new(false),
        };
        log.ask_around();
        Ok(log)
    }

    /// Writes a line.
    pub(crate) fn write(&self, line: Line) {
        let line = Arc::new(line);
        self.writer.write(line.clone());
        // An error means that no console is open.
        let _ = self.consoles.send(line);
    }

    /// Lines as they come, for a console.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Arc<Line>> {
        self.consoles.subscribe()
    }

    /// Whether a console with this verbosity shows a line.
    pub(crate) fn shows(&self, line: &Line, verbosity: u8) -> bool {
        !self.muted.load(Ordering::Relaxed)
            && self
                .settings()
                .console
                .is_some_and(|levels| levels.hold(line, verbosity))
    }

    /// The settings as they are.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        self.settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts other settings in place.
    pub(crate) fn configure(&self, settings: Settings) {
        let settings = Arc::new(settings);
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings.clone();
        self.writer.configure(settings);
        self.ask_around();
    }

    /// Renames the files as the settings say, and begins new ones.
    pub(crate) fn rotate(&self) -> Result<(), String> {
        self.writer.rotate()
    }

    /// Waits until everything is in its file.
    pub(crate) fn flush(&self) {
        self.writer.flush();
    }

    /// Keeps lines off the consoles, or puts them back on: whether they are off now.
    pub(crate) fn mute(&self) -> bool {
        !self.muted.fetch_xor(true, Ordering::Relaxed)
    }

    /// How much is shown on consoles that do not say.
    pub(crate) fn verbosity(&self) -> u8 {
        self.verbosity.load(Ordering::Relaxed)
    }

    /// Sets how much is shown on consoles that do not say.
    pub(crate) fn set_verbosity(&self, level: u8) {
        self.verbosity.store(level, Ordering::Relaxed);
        self.ask_around();
    }

    /// Opens a console that shows as much as its own figure says, for as long as that is kept.
    pub(crate) fn open_console(&self, verbosity: u8) -> Arc<AtomicU8> {
        let own = Arc::new(AtomicU8::new(verbosity));
        self.lock(&self.watched).push(Arc::downgrade(&own));
        own
    }

    /// Finds out anew what the most is that anybody wants to see; what nobody wants is not made.
    pub(crate) fn ask_around(&self) -> u8 {
        let mut watched = self.lock(&self.watched);
        watched.retain(|console| console.strong_count() > 0);
        let consoles = watched
            .iter()
            .filter_map(Weak::upgrade)
            .map(|own| own.load(Ordering::Relaxed));
        let wanted = consoles
            .chain([self.verbosity(), self.settings().verbosity()])
            .max()
            .unwrap_or(0);
        self.wanted.store(wanted, Ordering::Relaxed);
        wanted
    }

    /// The most that anybody wants to see.
    pub(crate) fn wanted(&self) -> u8 {
        self.wanted.load(Ordering::Relaxed)
    }

    /// How much is made for those who search a fault.
    pub(crate) fn debug(&self) -> u8 {
        self.debug.load(Ordering::Relaxed)
    }

    /// Sets how much is made for those who search a fault.
    pub(crate) fn set_debug(&self, level: u8) {
        self.debug.store(level, Ordering::Relaxed);
    }

    fn lock<'a, T>(&self, mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
        // What is kept there is replaced whole, so a panic leaves nothing half done.
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
