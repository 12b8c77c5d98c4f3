//! Reading files anew. What is broken keeps what was there.

use console::host::Reload;
use engine::request::{Request, Responder};
use jiff::tz::TimeZone;
use switch::Text;
use switch::fact::Fact;

use super::House;
use crate::files::Reading;
use crate::modules::bare;

/// What can be read anew, by the names that Asterisk gives it, in the order of doing it all.
const READERS: &[(&str, Reader)] = &[
    ("logger", House::read_logger),
    ("manager", House::read_manager),
    ("acl", House::read_manager),
    ("cdr", House::read_records),
    ("cdr_csv", House::read_records),
    ("cel", House::read_events),
    ("cdr_manager", House::read_events),
    ("cel_manager", House::read_events),
    ("features", House::read_features),
    ("indications", House::read_tones),
    ("pbx_config", House::read_plan),
    ("res_pjsip", House::read_phones),
    ("chan_pjsip", House::read_phones),
    ("res_rtp_asterisk", House::read_phones),
    ("res_musiconhold", House::read_phones),
];

/// Several names may stand for one reader; these are enough for all of it.
const ALL: &[&str] = &[
    "logger",
    "manager",
    "cdr",
    "cel",
    "features",
    "indications",
    "pbx_config",
    "res_pjsip",
];

/// Parts of the switch itself, which are always there.
const PARTS: &[&str] = &[
    "logger",
    "manager",
    "acl",
    "cdr",
    "cel",
    "features",
    "indications",
];

type Reader = fn(&House) -> Result<(), Vec<String>>;

impl House {
    /// Reads everything anew; what is broken is in the log.
    pub(crate) async fn reload_all(&self) {
        self.read_anew(None).await;
    }

    /// Reads a module's files anew, or everybody's, and tells everybody how it went.
    pub(super) async fn read_anew(&self, module: Option<&str>) -> Reload {
        let _one_at_a_time = self.reloading.lock().await;
        // Reading waits for the disk; what else runs on this thread goes on elsewhere meanwhile.
        let outcome = tokio::task::block_in_place(|| match module {
            Some(module) => self.read_one(bare(module)),
            None => self.read_all(),
        });
        let status = match &outcome {
            Reload::Done => 0,
            Reload::NoModule => 2,
            Reload::Failed(_) => 3,
            Reload::Unsupported => 5,
        };
        if let Reload::Failed(places) = &outcome {
            places.iter().for_each(|place| tracing::error!("{place}"));
        }
        self.tell(Fact::Reloaded {
            module: Text::from(module.unwrap_or("All")),
            status,
        });
        outcome
    }

    fn read_one(&self, module: &str) -> Reload {
        if !PARTS.contains(&module) && !self.modules.loaded(module) {
            return Reload::NoModule;
        }
        let Some((_, read)) = READERS.iter().find(|(name, _)| *name == module) else {
            return Reload::Unsupported;
        };
        self.reloaded_now();
        match read(self) {
            Ok(()) => Reload::Done,
            Err(places) => Reload::Failed(places),
        }
    }

    fn read_all(&self) -> Reload {
        self.reloaded_now();
        let wanted = READERS.iter().filter(|(name, _)| ALL.contains(name));
        let loaded = wanted.filter(|(name, _)| PARTS.contains(name) || self.modules.loaded(name));
        // One broken file does not keep the others from being read.
        let places: Vec<String> = loaded
            .filter_map(|(_, read)| read(self).err())
            .flatten()
            .collect();
        if places.is_empty() {
            Reload::Done
        } else {
            Reload::Failed(places)
        }
    }

    fn read_logger(&self) -> Result<(), Vec<String>> {
        self.log.configure(remarked(self.files.logger())?);
        Ok(())
    }

    fn read_manager(&self) -> Result<(), Vec<String>> {
        let mut settings = remarked(self.files.manager())?;
        settings
            .style
            .system_name
            .clone_from(&self.options.system_name);
        self.configure(&remarked(self.files.records())?, &settings);
        let Some(manager) = self.manager.get() else {
            return Ok(());
        };
        let failed = self.listen(&settings);
        manager.configure(settings);
        if failed.is_empty() {
            Ok(())
        } else {
            Err(failed)
        }
    }

    fn read_records(&self) -> Result<(), Vec<String>> {
        let records = remarked(self.files.records())?;
        self.configure(&records, &remarked(self.files.manager())?);
        self.write_records(&records);
        Ok(())
    }

    fn read_events(&self) -> Result<(), Vec<String>> {
        let events = remarked(self.files.events(TimeZone::system()))?;
        self.configure(
            &remarked(self.files.records())?,
            &remarked(self.files.manager())?,
        );
        if let Some(manager) = self.manager.get() {
            manager.configure_events(events);
        }
        Ok(())
    }

    fn read_features(&self) -> Result<(), Vec<String>> {
        self.configure_features(remarked(self.files.features())?);
        Ok(())
    }

    fn read_tones(&self) -> Result<(), Vec<String>> {
        self.configure_tones(remarked(self.files.tones())?);
        Ok(())
    }

    /// Phones and their sound go together: calls go on with what they began with.
    fn read_phones(&self) -> Result<(), Vec<String>> {
        let settings = remarked(self.files.phones())?;
        let data = &self.directories.data;
        let sound = remarked(self.files.sound(data, &self.options.default_language))?;
        if let Some(phones) = self.phones.get() {
            phones.reload(settings, sound);
        }
        Ok(())
    }

    pub(super) fn read_plan(&self) -> Result<(), Vec<String>> {
        let plan = remarked(self.files.plan(true))?.unwrap_or_default();
        let request = Request::ReplacePlan(plan.into(), Responder::ignore());
        self.engine
            .tell(request)
            .map_err(|why| vec![why.to_string()])
    }
}

/// The value, with what was remarked in the log.
fn remarked<T>(reading: Reading<T>) -> Result<T, Vec<String>> {
    let (value, remarks) = reading?;
    remarks.iter().for_each(|remark| tracing::warn!("{remark}"));
    Ok(value)
}
