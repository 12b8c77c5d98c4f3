//! What the console asks of the daemon.

use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use ami::spec::{ActionSpec, EventSpec};
use console::Host;
use console::host::{Answering, LogChannel, Page, Reload, Section, Session, User};
use engine::request::{Request, Stop};
use manager::Manager;
use manager::host::ModuleFailed;
use switch::module::Modules;
use switch::{ChannelId, Time};

use super::{House, VERSION, version_line};
use crate::process;

impl Host for House {
    fn submit(&self, request: Request) {
        if let Err(why) = self.engine.tell(request) {
            tracing::warn!("a console's request was not taken: {why}");
        }
    }

    fn now(&self) -> Time {
        self.clock.now()
    }

    fn started(&self) -> Time {
        self.started
    }

    fn reloaded(&self) -> Time {
        Time(self.reloaded.load(Ordering::Relaxed))
    }

    fn booted(&self) -> Answering<'_, ()> {
        let mut booted = self.booted.subscribe();
        Box::pin(async move {
            // The sender lives as long as the house.
            let _ = booted.wait_for(|booted| *booted).await;
        })
    }

    fn version(&self) -> String {
        version_line()
    }

    fn settings(&self) -> Vec<Section> {
        let options = &self.options;
        let directories = &self.directories;
        let path = |path: &std::path::Path| path.display().to_string();
        let on = |on: bool| if on { "Enabled" } else { "Disabled" }.to_owned();
        let or = |text: &str| {
            if text.is_empty() {
                "Not set".to_owned()
            } else {
                text.to_owned()
            }
        };
        let clock = |time: Time| {
            let zoned = i64::try_from(time.seconds())
                .ok()
                .and_then(|s| jiff::Timestamp::from_second(s).ok());
            zoned.map_or_else(String::new, |at| {
                at.to_zoned(jiff::tz::TimeZone::system())
                    .strftime("%H:%M:%S")
                    .to_string()
            })
        };
        let (cdr, settings) = {
            let settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
            (settings.records, settings.clone())
        };
        let ami = self.manager.get().map(|manager| manager.settings());
        let enabled = ami.as_ref().is_some_and(|ami| ami.enabled);
        let limit = match options.max_calls {
            0 => "Not set".to_owned(),
            most => most.to_string(),
        };
        vec![
            Section {
                title: "PBX Core settings",
                lines: vec![
                    ("Version", VERSION.to_owned()),
                    ("Smartswitch", env!("CARGO_PKG_VERSION").to_owned()),
                    ("Maximum calls", limit),
                    (
                        "Maximum open file handles",
                        process::max_files().to_string(),
                    ),
                    ("Root console verbosity", self.log.verbosity().to_string()),
                    ("Debug level", self.log.debug().to_string()),
                    (
                        "Dump core on crash",
                        if options.dump_core { "Yes" } else { "No" }.to_owned(),
                    ),
                    ("Startup time", clock(self.started)),
                    ("Last reload time", clock(self.reloaded())),
                    (
                        "System",
                        format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
                    ),
                    ("System name", options.system_name.clone()),
                    ("Default language", options.default_language.clone()),
                    ("Language prefix", on(options.language_prefix)),
                    ("Time zone", settings.zone.to_string()),
                    (
                        "User name and group",
                        format!("{}/{}", options.run_user, options.run_group),
                    ),
                    ("Executable includes", on(options.exec_includes)),
                    ("Live dangerously", on(options.live_dangerously)),
                    ("Programs in the dialplan", on(options.programs_allowed)),
                ],
            },
            Section {
                title: "Subsystems",
                lines: vec![
                    ("Manager (AMI)", on(enabled)),
                    ("Web Manager (AMI/HTTP)", on(false)),
                    ("Call data records", on(cdr)),
                    ("Realtime Architecture (ARA)", on(false)),
                ],
            },
            Section {
                title: "Directories",
                lines: vec![
                    ("Configuration file", path(&directories.config_file)),
                    ("Configuration directory", path(&directories.etc)),
                    ("Module directory", path(&directories.modules)),
                    ("Spool directory", path(&directories.spool)),
                    ("Log directory", path(&directories.log)),
                    ("Run/Sockets directory", path(&directories.run)),
                    ("PID file", path(&directories.process_file())),
                    ("VarLib directory", path(&directories.var_lib)),
                    ("Data directory", path(&directories.data)),
                    (
                        "ASTDB",
                        path(&directories.database.join(records::key_database::FILE_NAME)),
                    ),
                    ("AGI Scripts directory", path(&directories.agi)),
                    ("Control socket", or(&path(&directories.socket))),
                ],
            },
        ]
    }

    fn stop(&self, how: Stop, restart: bool) {
        self.end(how, restart);
    }

    fn verbosity(&self) -> u8 {
        self.log.verbosity()
    }

    fn set_verbosity(&self, level: u8) {
        self.log.set_verbosity(level);
        self.ask_around();
    }

    fn debug_level(&self) -> u8 {
        self.log.debug()
    }

    fn set_debug_level(&self, level: u8) {
        self.log.set_debug(level);
    }

    fn sip(&self) -> std::sync::Arc<sip::directory::Directory> {
        manager::host::Host::sip(self)
    }

    fn counters(&self) -> Answering<'_, Vec<(&'static str, u64)>> {
        Box::pin(async move {
            match self.phones.get() {
                Some(phones) => phones.counters().await,
                None => Vec::new(),
            }
        })
    }

    fn sound(&self) -> std::sync::Arc<media::settings::Settings> {
        let phones = self.phones.get();
        phones.map(|phones| phones.sound()).unwrap_or_default()
    }

    fn counted(&self, channel: ChannelId) -> Option<media::session::Statistics> {
        self.phones.get()?.counted(channel)
    }

    fn modules(&self) -> &Modules {
        &self.modules
    }

    fn load<'a>(&'a self, module: &'a str) -> Answering<'a, Result<(), String>> {
        Box::pin(async move {
            self.load_one(module).map_err(|why| match why {
                ModuleFailed::Unknown => "there is no such module".to_owned(),
                ModuleFailed::Already => "it is loaded already".to_owned(),
                ModuleFailed::InUse => "its files are broken; see the log".to_owned(),
            })
        })
    }

    fn unload<'a>(&'a self, module: &'a str) -> Answering<'a, Result<(), String>> {
        Box::pin(async move {
            self.unload_one(module).map_err(|why| match why {
                ModuleFailed::Unknown => "there is no such module".to_owned(),
                ModuleFailed::Already => "it is not loaded".to_owned(),
                ModuleFailed::InUse => "it is in use".to_owned(),
            })
        })
    }

    fn reload<'a>(&'a self, module: Option<&'a str>) -> Answering<'a, Reload> {
        Box::pin(self.read_anew(module))
    }

    fn actions(&self) -> Vec<ActionSpec> {
        Manager::actions().copied().collect()
    }

    fn events(&self) -> Vec<EventSpec> {
        ami::event::ALL.iter().map(|spec| **spec).collect()
    }

    fn applications(&self) -> Vec<Page> {
        let page = |app: &&dialplan::app::App| Page {
            name: app.name,
            module: app.module,
            summary: app.summary,
            syntax: app.syntax,
            arguments: app
                .arguments
                .iter()
                .map(|argument| (argument.name, argument.help))
                .collect(),
            details: app.description,
        };
        dialplan::app::ALL.iter().map(page).collect()
    }

    fn functions(&self) -> Vec<Page> {
        let page = |function: &&dialplan::function::Function| Page {
            name: function.name,
            module: function.module,
            summary: function.summary,
            syntax: function.syntax,
            arguments: function
                .arguments
                .iter()
                .map(|argument| (argument.name, argument.help))
                .collect(),
            details: "",
        };
        dialplan::function::ALL.iter().map(page).collect()
    }

    fn users(&self) -> Vec<User> {
        let Some(manager) = self.manager.get() else {
            return Vec::new();
        };
        let settings = manager.settings();
        let user = |user: &std::sync::Arc<manager::user::User>| User {
            name: user.name.clone(),
            secret: user.secret.is_set(),
            acl: !user.access.is_empty(),
            read: user.read,
            write: user.write,
            displayconnects: user.display_connects,
            allowmultiplelogin: user.allow_multiple_login,
            variables: user
                .variables
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
        };
        settings.users().map(user).collect()
    }

    fn sessions(&self) -> Vec<Session> {
        let Some(manager) = self.manager.get() else {
            return Vec::new();
        };
        let logged_in = manager.connected().into_iter().filter_map(|connected| {
            let user = connected.user?;
            Some(Session {
                number: connected.number,
                user: user.name.clone(),
                address: connected.peer.ip().to_string(),
                started: connected.since,
                read: user.read,
                write: user.write,
            })
        });
        logged_in.collect()
    }

    fn manager_settings(&self) -> Vec<(&'static str, String)> {
        let Some(manager) = self.manager.get() else {
            return Vec::new();
        };
        let settings = manager.settings();
        let yes = |yes: bool| if yes { "Yes" } else { "No" }.to_owned();
        let address = |tls: bool| {
            let addresses = self.addresses_of(tls);
            if addresses.is_empty() {
                "Disabled".to_owned()
            } else {
                addresses.join(", ")
            }
        };
        vec![
            ("Manager (AMI)", yes(settings.enabled)),
            ("Web Manager (AMI/HTTP)", yes(settings.web_enabled)),
            ("TCP Bindaddress", address(false)),
            ("TLS Bindaddress", address(true)),
            (
                "Login timeout (seconds)",
                settings.auth_timeout.as_secs().to_string(),
            ),
            ("Login limit", settings.auth_limit.to_string()),
            ("Timestamp events", yes(settings.style.timestamps)),
            ("Disabled events", settings.style.disabled.join(",")),
            ("Channel vars", settings.channel_variables.join(",")),
        ]
    }

    fn kick(&self, session: u64) -> bool {
        self.manager
            .get()
            .is_some_and(|manager| manager.kick(session))
    }

    fn log_channels(&self) -> Vec<LogChannel> {
        let settings = self.log.settings();
        let files = settings.files.iter().map(|file| LogChannel {
            name: self.directories.log.join(&file.name).display().to_string(),
            kind: "File",
            enabled: true,
            levels: file.levels.to_string(),
        });
        let console = settings.console.map(|levels| LogChannel {
            name: "Console".to_owned(),
            kind: "Console",
            enabled: true,
            levels: levels.to_string(),
        });
        files.chain(console).collect()
    }

    fn rotate_logs(&self) -> Result<(), String> {
        tokio::task::block_in_place(|| self.log.rotate())
    }

    fn mute(&self) -> bool {
        self.log.mute()
    }

    fn configuration_files(&self) -> Vec<(String, &'static str)> {
        self.files.listed()
    }

    fn save_dialplan(&self, text: String) -> Answering<'_, Result<PathBuf, String>> {
        Box::pin(async move {
            tokio::task::block_in_place(|| self.files.save("extensions.conf", &text))
        })
    }
}
