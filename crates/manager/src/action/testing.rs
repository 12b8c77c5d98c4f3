//! A switch that answers as a test wants, and a client that asks it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ami::{Dialect, Packet, Permission};
use engine::request::Request;
use sip::directory::Directory;
use switch::Time;
use switch::module::{ModuleSpec, Modules};

use super::{Cx, Run, find};
use crate::engine::{EngineHandle, RequestQueue, Unanswered};
use crate::host::{BoxFuture, CommandOutput, Host, HostSettings, ModuleFailed, Reloaded, Times};
use crate::tell::testing::NOON;
use crate::user::User;

/// A client logged in to a switch that is made up.
pub(super) struct Bench {
    engine: EngineHandle,
    pub(super) host: FakeHost,
    pub(super) user: User,
    pub(super) dialect: Dialect,
}

impl Bench {
    /// A switch that answers requests like this, for a user who may do everything.
    pub(super) fn new(answer: impl Fn(Request) + Send + Sync + 'static) -> Bench {
        let user = User {
            write: Permission::ALL,
            ..User::new("admin")
        };
        Bench {
            engine: EngineHandle::new(Answers(answer)),
            host: FakeHost::default(),
            user,
            dialect: Dialect::Current,
        }
    }

    /// A switch that must not be asked anything.
    pub(super) fn unasked() -> Bench {
        Bench::new(|request| panic!("the engine was asked {request:?}"))
    }

    /// Sends a request, a header a line, and gives all that comes back, with bare line feeds.
    pub(super) fn ask(&self, request: &str) -> String {
        let packet: Packet = request
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim(), value.trim_start()))
            .collect();
        let entry = find(packet.get("Action")).expect("the action exists");
        let Run::Switch(run) = entry.run else {
            panic!("not an action on the switch")
        };
        let cx = Cx {
            engine: &self.engine,
            host: &self.host,
            user: &self.user,
            dialect: self.dialect,
            action_id: packet.get("ActionID"),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let reply = runtime.block_on(run(&cx, &packet));
        let mut out = Vec::new();
        reply.write(cx.action_id, &mut out);
        String::from_utf8(out).unwrap().replace("\r\n", "\n")
    }
}

struct Answers<F>(F);

impl<F: Fn(Request) + Send + Sync> RequestQueue for Answers<F> {
    fn submit(&self, request: Request) -> Result<(), Unanswered> {
        (self.0)(request);
        Ok(())
    }
}

/// A process without a process.
pub(super) struct FakeHost {
    pub(super) settings: HostSettings,
    pub(super) directory: PathBuf,
    pub(super) output: CommandOutput,
    pub(super) reloaded: Reloaded,
    pub(super) sip: Arc<Directory>,
    /// What it was told to do, in order.
    pub(super) orders: Mutex<Vec<String>>,
    modules: Arc<Modules>,
}

impl Default for FakeHost {
    /// Module `app_queue` is loaded, `app_park` is not.
    fn default() -> FakeHost {
        let spec = |name| ModuleSpec { name, summary: "" };
        let modules = Modules::new([spec("app_park"), spec("app_queue")]);
        modules.set("app_queue", true);
        FakeHost {
            settings: HostSettings::default(),
            directory: PathBuf::from("/nonexistent"),
            output: CommandOutput::default(),
            reloaded: Reloaded::Success,
            sip: Arc::default(),
            orders: Mutex::default(),
            modules: Arc::new(modules),
        }
    }
}

impl FakeHost {
    fn order(&self, order: String) {
        self.orders.lock().unwrap().push(order);
    }

    fn set_module(&self, module: &str, on: bool) -> Result<(), ModuleFailed> {
        self.order(format!("{} {module}", if on { "load" } else { "unload" }));
        match self.modules.set(module, on) {
            None => Err(ModuleFailed::Unknown),
            Some(false) => Err(ModuleFailed::Already),
            Some(true) => Ok(()),
        }
    }
}

impl Host for FakeHost {
    fn now(&self) -> Time {
        NOON + std::time::Duration::from_secs(61)
    }

    fn times(&self) -> Times {
        let reloaded = NOON + std::time::Duration::from_secs(3600);
        Times {
            started: NOON,
            reloaded,
            utc_offset: 3600,
            booted: true,
        }
    }

    fn settings(&self) -> HostSettings {
        self.settings.clone()
    }

    fn modules(&self) -> &Arc<Modules> {
        &self.modules
    }

    fn config_directory(&self) -> &Path {
        &self.directory
    }

    fn command<'a>(&'a self, command: &'a str, user: &'a User) -> BoxFuture<'a, CommandOutput> {
        self.order(format!("{}: {command}", user.name));
        Box::pin(async { self.output.clone() })
    }

    fn reload<'a>(&'a self, module: Option<&'a str>) -> BoxFuture<'a, Reloaded> {
        self.order(format!("reload {}", module.unwrap_or("all")));
        Box::pin(async { self.reloaded })
    }

    fn load_module<'a>(&'a self, module: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>> {
        Box::pin(async move { self.set_module(module, true) })
    }

    fn unload_module<'a>(&'a self, module: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>> {
        Box::pin(async move { self.set_module(module, false) })
    }

    fn rotate_log<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<(), String>> {
        self.order("rotate".to_owned());
        Box::pin(async { Ok(()) })
    }

    fn sip(&self) -> Arc<Directory> {
        Arc::clone(&self.sip)
    }
}
