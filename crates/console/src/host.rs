//! What the commands ask of the daemon.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use ami::Permission;
use ami::spec::{ActionSpec, EventSpec};
use engine::request::{Request, Stop};
use media::session::Statistics;
use sip::directory::Directory;
use switch::module::Modules;
use switch::{ChannelId, Time};

/// An answer that may take a while.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The daemon as the commands see it.
pub trait Host: Send + Sync + 'static {
    /// Hands a request to the engine.
    fn submit(&self, request: Request);

    /// What time it is.
    fn now(&self) -> Time;

    /// When the switch was started.
    fn started(&self) -> Time;

    /// When its configuration was last read.
    fn reloaded(&self) -> Time;

    /// Waits until everything is loaded.
    fn booted(&self) -> Answering<'_, ()>;

    /// One line: `Asterisk 22.…` and what this switch calls itself.
    fn version(&self) -> String;

    /// What `core show settings` tells, by section.
    fn settings(&self) -> Vec<Section>;

    /// Ends or restarts the switch, or takes that back.
    fn stop(&self, how: Stop, restart: bool);

    /// How much the switch's own console shows.
    fn verbosity(&self) -> u8;

    /// Sets it.
    fn set_verbosity(&self, level: u8);

    /// How much is written for those who search a fault.
    fn debug_level(&self) -> u8;

    /// Sets it.
    fn set_debug_level(&self, level: u8);

    /// The live state of SIP, and the way to give it orders; an empty one where there is no SIP.
    fn sip(&self) -> Arc<Directory> {
        Arc::default()
    }

    /// How sound is carried: rtp.conf and musiconhold.conf.
    fn sound(&self) -> Arc<media::settings::Settings> {
        Arc::default()
    }

    /// What was counted of a channel's sound so far; `None` where it has none.
    fn counted(&self, _channel: ChannelId) -> Option<Statistics> {
        None
    }

    /// What there is of everything that calls to phones need, by name: zero when nothing goes on, but for what
    /// stays (contacts, connections).
    fn counters(&self) -> Answering<'_, Vec<(&'static str, u64)>> {
        Box::pin(async { Vec::new() })
    }

    /// The module table.
    fn modules(&self) -> &Modules;

    /// Loads a module.
    fn load<'a>(&'a self, module: &'a str) -> Answering<'a, Result<(), String>>;

    /// Unloads a module.
    fn unload<'a>(&'a self, module: &'a str) -> Answering<'a, Result<(), String>>;

    /// Reads a module's files anew, or (`None`) everybody's.
    fn reload<'a>(&'a self, module: Option<&'a str>) -> Answering<'a, Reload>;

    /// The manager's actions, all that are declared.
    fn actions(&self) -> Vec<ActionSpec>;

    /// The manager's events, all that are declared.
    fn events(&self) -> Vec<EventSpec>;

    /// The dialplan's applications, all that are declared.
    fn applications(&self) -> Vec<Page>;

    /// The dialplan's functions, all that are declared.
    fn functions(&self) -> Vec<Page>;

    /// The manager's users in the order of their file.
    fn users(&self) -> Vec<User>;

    /// Who is logged in to the manager.
    fn sessions(&self) -> Vec<Session>;

    /// The manager's settings, label and value.
    fn manager_settings(&self) -> Vec<(&'static str, String)>;

    /// Closes a manager session: whether there was one of that number.
    fn kick(&self, session: u64) -> bool;

    /// Where the log goes.
    fn log_channels(&self) -> Vec<LogChannel>;

    /// Begins the log's files anew.
    fn rotate_logs(&self) -> Result<(), String>;

    /// Keeps the log off the consoles, or puts it back on: whether it is off now.
    fn mute(&self) -> bool;

    /// Configuration files that were read, by the module that did.
    fn configuration_files(&self) -> Vec<(String, &'static str)>;

    /// Writes the dialplan over its file; answers which file that is.
    fn save_dialplan(&self, text: String) -> Answering<'_, Result<PathBuf, String>>;
}

/// A part of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What the lines are about.
    pub title: &'static str,
    /// Label and value.
    pub lines: Vec<(&'static str, String)>,
}

/// What became of reading files anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reload {
    /// It is done.
    Done,
    /// There is no such module, or it is not loaded.
    NoModule,
    /// The module has nothing to read.
    Unsupported,
    /// A file is broken; what was there before goes on. The sentences name file and line.
    Failed(Vec<String>),
}

/// What is known of an application or function of the dialplan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name.
    pub name: &'static str,
    /// The module that gives it.
    pub module: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// How it is written.
    pub syntax: &'static str,
    /// What it takes, each with what it means.
    pub arguments: Vec<(&'static str, &'static str)>,
    /// More about it; may be empty.
    pub details: &'static str,
}

/// A user of the manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: String,
    /// Whether it has a secret.
    pub secret: bool,
    /// Whether addresses are refused.
    pub acl: bool,
    /// What it may see.
    pub read: Permission,
    /// What it may do.
    pub write: Permission,
    /// Whether its coming and going is told.
    pub displayconnects: bool,
    /// Whether it may be logged in more than once.
    pub allowmultiplelogin: bool,
    /// Variables of channels that it originates.
    pub variables: Vec<(String, String)>,
}

/// A session of the manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number, which `manager kick session` takes.
    pub number: u64,
    /// The user.
    pub user: String,
    /// Where it comes from.
    pub address: String,
    /// When it began.
    pub started: Time,
    /// What it may see.
    pub read: Permission,
    /// What it may do.
    pub write: Permission,
}

/// A place where log lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogChannel {
    /// A file, or `Console`.
    pub name: String,
    /// `File`, `Console` or `Syslog`.
    pub kind: &'static str,
    /// Whether lines are written to it.
    pub enabled: bool,
    /// The levels that it takes, as in the file.
    pub levels: String,
}
