//! What the manager asks of the daemon.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use console::Cx;
use console::host::Reload;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use manager::host::{BoxFuture, CommandOutput, Host, HostSettings, ModuleFailed, Reloaded, Times};
use manager::user::User;
use switch::Time;
use switch::module::Modules;

use super::{House, VERSION};

impl Host for House {
    fn now(&self) -> Time {
        self.clock.now()
    }

    fn times(&self) -> Times {
        Times {
            started: self.started,
            reloaded: Time(self.reloaded.load(Ordering::Relaxed)),
            utc_offset: TimeZone::system().to_offset(Timestamp::now()).seconds(),
            booted: *self.booted.borrow(),
        }
    }

    fn settings(&self) -> HostSettings {
        let options = &self.options;
        let cdr = self
            .settings
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .records;
        HostSettings {
            version: VERSION.to_owned(),
            system_name: options.system_name.clone(),
            max_calls: options.max_calls,
            max_load: options.max_load,
            run_user: options.run_user.clone(),
            run_group: options.run_group.clone(),
            max_files: options.max_files,
            realtime: false,
            cdr,
            // What the files want; it is not served yet.
            http: self.manager.get().is_some_and(|manager| {
                let settings = manager.settings();
                settings.enabled && settings.web_enabled
            }),
            sounds_search_custom: options.sounds_search_custom,
            live_dangerously: options.live_dangerously,
        }
    }

    fn modules(&self) -> &Arc<Modules> {
        &self.modules
    }

    fn sip(&self) -> Arc<sip::directory::Directory> {
        self.phones
            .get()
            .map(|phones| Arc::clone(phones.directory()))
            .unwrap_or_default()
    }

    fn config_directory(&self) -> &Path {
        self.files.root()
    }

    fn command<'a>(&'a self, command: &'a str, _: &'a User) -> BoxFuture<'a, CommandOutput> {
        Box::pin(async move {
            let Some(house) = self.me.upgrade() else {
                return CommandOutput::default();
            };
            let output = console::run(&Cx::new(house), command).await;
            // The last line end belongs to the last line; text without any is one empty line.
            let text = output.text.strip_suffix('\n').unwrap_or(&output.text);
            CommandOutput {
                success: output.success,
                lines: text.split('\n').map(str::to_owned).collect(),
            }
        })
    }

    fn reload<'a>(&'a self, module: Option<&'a str>) -> BoxFuture<'a, Reloaded> {
        Box::pin(async move {
            match self.read_anew(module).await {
                Reload::Done => Reloaded::Success,
                Reload::NoModule => Reloaded::NotFound,
                Reload::Unsupported => Reloaded::NotSupported,
                Reload::Failed(_) => Reloaded::Failed,
            }
        })
    }

    fn load_module<'a>(&'a self, module: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>> {
        Box::pin(async move { self.load_one(module) })
    }

    fn unload_module<'a>(&'a self, module: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>> {
        Box::pin(async move { self.unload_one(module) })
    }

    fn rotate_log<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { tokio::task::block_in_place(|| self.log.rotate()) })
    }
}
