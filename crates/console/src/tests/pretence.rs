//! A daemon of pretence: a dialplan, a key database and a table of modules.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use ami::Permission;
use ami::spec::{ActionSpec, EventSpec};
use dialplan::script::Plan;
use dialplan::script::extensions::{self, Line, Section as Lines};
use engine::request::{Counters, HintState, Request, Stop};
use sip::directory::{Contact, Directory, contact_id};
use sip::settings::Settings;
use switch::device::{DeviceState, ExtensionState};
use switch::module::{ModuleSpec, Modules};
use switch::presence::{Presence, PresenceState};
use switch::{Text, Time};

use crate::Host;
use crate::host::{Answering, LogChannel, Page, Reload, Section, Session, User};

pub(super) struct Pretence {
    modules: Modules,
    plan: Mutex<Plan>,
    database: Mutex<BTreeMap<Text, Text>>,
    verbosity: AtomicU8,
    sip: Arc<Directory>,
    sound: Arc<media::settings::Settings>,
}

impl Pretence {
    pub(super) fn new() -> Pretence {
        let spec = |name, summary| ModuleSpec { name, summary };
        let modules = Modules::new([
            spec("app_playback", "Plays sounds"),
            spec("app_queue", "Queues"),
            spec("pbx_config", "The dialplan"),
            spec("func_devstate", "States"),
            spec("func_presencestate", "Presence"),
            spec("chan_pjsip", "SIP channels"),
            spec("res_musiconhold", "Music"),
            spec("res_pjsip", "SIP"),
            spec("res_pjsip_history", "SIP messages kept"),
            spec("res_pjsip_logger", "SIP messages in the log"),
            spec("res_pjsip_maintenance", "Endpoints out of service"),
            spec("res_pjsip_notify", "NOTIFY"),
            spec("res_pjsip_outbound_registration", "Registrations of ours"),
            spec("res_pjsip_pubsub", "Subscriptions"),
            spec("res_rtp_asterisk", "Sound"),
        ]);
        for (spec, _) in modules.all().collect::<Vec<_>>() {
            modules.set(spec.name, spec.name != "app_queue");
        }
        let database = BTreeMap::from([(
            "/pbx/UUID".into(),
            "34f25826-7477-4a2e-8d3b-e8fd65b7622d".into(),
        )]);
        Pretence {
            modules,
            plan: Mutex::new(plan()),
            database: Mutex::new(database),
            verbosity: AtomicU8::new(0),
            sip: directory(),
            sound: Arc::default(),
        }
    }

    /// With these classes of music.
    pub(super) fn music(&mut self, music: Vec<media::music::Class>) {
        self.sound = Arc::new(media::settings::Settings {
            music,
            ..media::settings::Settings::default()
        });
    }
}

/// Phones of the reference configuration: one is registered.
fn directory() -> Arc<Directory> {
    let read = |name, text| config::Config::from_text(name, text).unwrap();
    let pjsip = read(
        "pjsip.conf",
        include_str!("../../../testkit/etc/pjsip.conf"),
    );
    let (mut settings, _) = Settings::read(&pjsip, None);
    settings.read_notify(&read("pjsip_notify.conf", "[sync]\nEvent=>check-sync\n"));
    let directory = Directory::default();
    directory.configure(Arc::new(settings));
    let uri = "sip:6001@127.0.0.1:5071";
    directory.put_contact(Contact {
        aor: "6001".into(),
        uri: uri.into(),
        id: contact_id("6001", uri),
        endpoint: "6001".into(),
        ..Contact::default()
    });
    Arc::new(directory)
}

fn plan() -> Plan {
    let line = |key, value, line| Line {
        key,
        value,
        file: "extensions.conf",
        line,
    };
    let default = [
        line("exten", "101,1,Answer()", 2),
        line("same", "n,Wait(600)", 3),
        line("exten", "_2XXX,1,NoOp()", 4),
        line("exten", "7000,hint,Custom:lamp1", 5),
        line("include", "parked", 6),
    ];
    let sections = [
        Lines {
            name: "default",
            lines: &default,
        },
        Lines {
            name: "parked",
            lines: &[],
        },
    ];
    let (plan, problems) = extensions::load(&sections, &|_| None);
    assert_eq!(problems, []);
    plan
}

impl Host for Pretence {
    fn submit(&self, request: Request) {
        let mut database = self.database.lock().unwrap();
        let key = |family: &str, key: &str| Text::from(format!("/{family}/{key}"));
        match request {
            Request::Channels(reply) => reply.send(Vec::new()),
            Request::Devices(reply) => {
                reply.send(vec![("PJSIP/6001".into(), DeviceState::NotInUse)])
            }
            Request::Tell(_) => {}
            Request::Channel(_, reply) => reply.send(None),
            Request::Counters(reply) => reply.send(Counters {
                processed: 3,
                ..Counters::default()
            }),
            Request::Plan(reply) => reply.send(Arc::new(self.plan.lock().unwrap().clone())),
            Request::EditPlan(edit) => {
                let mut plan = self.plan.lock().unwrap().clone();
                let (keep, answer) = edit.make(&mut plan);
                if keep {
                    *self.plan.lock().unwrap() = plan;
                }
                answer();
            }
            Request::Hints(reply) => reply.send(vec![HintState {
                exten: "7000".into(),
                context: "default".into(),
                hint: "Custom:lamp1".into(),
                state: ExtensionState::Idle,
                presence: Arc::new(Presence {
                    state: PresenceState::NotSet,
                    subtype: Text::default(),
                    message: Text::default(),
                }),
                watchers: 1,
            }]),
            Request::DatabaseGet(family, name, reply) => {
                reply.send(database.get(&key(&family, &name)).cloned());
            }
            Request::DatabasePut(family, name, value, reply) => {
                database.insert(key(&family, &name), value);
                reply.send(Ok(()));
            }
            Request::DatabaseDelete(family, name, reply) => {
                reply.send(Ok(database.remove(&key(&family, &name)).is_some()));
            }
            Request::DatabaseTree(_, reply) => {
                reply.send(
                    database
                        .iter()
                        .map(|(k, v)| (k.clone(), v.clone()))
                        .collect(),
                );
            }
            other => panic!("{other:?} is not pretended"),
        }
    }

    fn now(&self) -> Time {
        Time(100_000_000)
    }

    fn started(&self) -> Time {
        Time(84_000_000)
    }

    fn reloaded(&self) -> Time {
        Time(94_000_000)
    }

    fn booted(&self) -> Answering<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    fn version(&self) -> String {
        "Asterisk 22.0.0".to_owned()
    }

    fn settings(&self) -> Vec<Section> {
        Vec::new()
    }

    fn stop(&self, _: Stop, _: bool) {}

    fn verbosity(&self) -> u8 {
        self.verbosity.load(Ordering::Relaxed)
    }

    fn set_verbosity(&self, level: u8) {
        self.verbosity.store(level, Ordering::Relaxed);
    }

    fn debug_level(&self) -> u8 {
        0
    }

    fn set_debug_level(&self, _: u8) {}

    fn sound(&self) -> Arc<media::settings::Settings> {
        Arc::clone(&self.sound)
    }

    fn sip(&self) -> Arc<Directory> {
        Arc::clone(&self.sip)
    }

    fn modules(&self) -> &Modules {
        &self.modules
    }

    fn load<'a>(&'a self, _: &'a str) -> Answering<'a, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn unload<'a>(&'a self, _: &'a str) -> Answering<'a, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn reload<'a>(&'a self, _: Option<&'a str>) -> Answering<'a, Reload> {
        Box::pin(std::future::ready(Reload::Done))
    }

    fn actions(&self) -> Vec<ActionSpec> {
        Vec::new()
    }

    fn events(&self) -> Vec<EventSpec> {
        Vec::new()
    }

    fn applications(&self) -> Vec<Page> {
        vec![Page {
            name: "Playback",
            module: "app_playback",
            summary: "Plays a file",
            syntax: "Playback(<file>)",
            arguments: vec![("file", "Which one")],
            details: "",
        }]
    }

    fn functions(&self) -> Vec<Page> {
        Vec::new()
    }

    fn users(&self) -> Vec<User> {
        let user = |name: &str, write| User {
            name: name.to_owned(),
            secret: true,
            acl: false,
            read: Permission::ALL,
            write,
            displayconnects: true,
            allowmultiplelogin: true,
            variables: Vec::new(),
        };
        vec![
            user("admin", Permission::parse("call,reporting")),
            user("watcher", Permission::NONE),
        ]
    }

    fn sessions(&self) -> Vec<Session> {
        Vec::new()
    }

    fn manager_settings(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn kick(&self, _: u64) -> bool {
        false
    }

    fn log_channels(&self) -> Vec<LogChannel> {
        Vec::new()
    }

    fn rotate_logs(&self) -> Result<(), String> {
        Ok(())
    }

    fn mute(&self) -> bool {
        true
    }

    fn configuration_files(&self) -> Vec<(String, &'static str)> {
        Vec::new()
    }

    fn save_dialplan(&self, _: String) -> Answering<'_, Result<PathBuf, String>> {
        Box::pin(std::future::ready(Err("no disk".to_owned())))
    }
}
