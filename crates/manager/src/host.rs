//! What the daemon gives to the manager, beside the engine.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use sip::directory::Directory;
use switch::Time;
use switch::module::Modules;

use crate::user::User;

/// A future of a trait's method.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The process around the switch: its clock, console, files and modules.
pub trait Host: Send + Sync {
    /// What time it is.
    fn now(&self) -> Time;

    /// When the process started and when it last read its configuration.
    fn times(&self) -> Times;

    /// Settings of the process, for CoreSettings and others.
    fn settings(&self) -> HostSettings;

    /// Which modules there are and which are loaded.
    fn modules(&self) -> &Arc<Modules>;

    /// The directory of the .conf files.
    fn config_directory(&self) -> &Path;

    /// Runs a console command; `user` is who asked.
    fn command<'a>(&'a self, command: &'a str, user: &'a User) -> BoxFuture<'a, CommandOutput>;

    /// Reads the configuration anew: of one module, or (`None`) of all. Tells everybody.
    fn reload<'a>(&'a self, module: Option<&'a str>) -> BoxFuture<'a, Reloaded>;

    /// Loads a module. Tells everybody.
    fn load_module<'a>(&'a self, module: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>>;

    /// Unloads a module. Tells everybody.
    fn unload_module<'a>(&'a self, module: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>>;

    /// Closes the log files and begins new ones; `channel` names one of them.
    fn rotate_log<'a>(&'a self, channel: Option<&'a str>) -> BoxFuture<'a, Result<(), String>>;

    /// The live state of SIP, and the way to give it orders; an empty one where there is no SIP.
    fn sip(&self) -> Arc<Directory> {
        Arc::default()
    }
}

/// When the process started and when it last read its configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The start.
    pub started: Time,
    /// The last reload; the start where there was none.
    pub reloaded: Time,
    /// Seconds that local time is ahead of UTC now, for times of day on the wire.
    pub utc_offset: i32,
    /// Whether the switch is fully up.
    pub booted: bool,
}

/// Settings of the process that actions show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HostSettings {
    /// Version as clients parse it.
    pub version: String,
    /// `systemname` of asterisk.conf; empty for none.
    pub system_name: String,
    /// `maxcalls`; 0 for no limit.
    pub max_calls: usize,
    /// `maxload`; 0 for no limit.
    pub max_load: f64,
    /// The user that the process runs as, where one was asked for.
    pub run_user: String,
    /// The group that the process runs as, where one was asked for.
    pub run_group: String,
    /// `maxfiles`; 0 for the system's own.
    pub max_files: u64,
    /// Whether settings may come from a database.
    pub realtime: bool,
    /// Whether call records are kept.
    pub cdr: bool,
    /// Whether HTTP is served.
    pub http: bool,
    /// Whether sounds are looked for in the directory of custom sounds first.
    pub sounds_search_custom: bool,
    /// `live_dangerously`: whether programs on the wire may use functions and files that reach outside.
    pub live_dangerously: bool,
}

/// What a console command printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandOutput {
    /// Whether it was a command and did what it says.
    pub success: bool,
    /// The lines without line ends.
    pub lines: Vec<String>,
}

/// How a reload ended: the `Status` of event Reload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reloaded {
    /// Done.
    Success = 0,
    /// One is already going on.
    InProgress = 1,
    /// There is no such module, or it is not loaded.
    NotFound = 2,
    /// A file is broken; what was running goes on.
    Failed = 3,
    /// The switch is not up yet, and does it later.
    Queued = 4,
    /// The module has nothing to reload.
    NotSupported = 5,
}

/// Why a module was not loaded or unloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleFailed {
    /// There is no such module.
    Unknown,
    /// It is already as asked.
    Already,
    /// Others need it, or it cannot be unloaded.
    InUse,
}
