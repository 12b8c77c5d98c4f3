//! Reading the configuration files: what each means to the part of the switch that it is for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use config::{Config, Directory, Error, LoadOptions, Problem};
use dialplan::script::Plan;
use dialplan::script::extensions::{self, Line, Section};
use dialplan::tones::Zones;
use dialplan::world::FeatureRules;
use jiff::tz::TimeZone;
use manager::EventSettings;
use records::cdr::CsvOptions;
use switch::Text;

use crate::features;
use crate::indications;
use crate::log;
use crate::modules::Wishes;
use crate::options::Options;

/// What came of reading: the value and what was remarked, or every place that is wrong. All are sentences
/// with file and line.
pub(crate) type Reading<T> = Result<(T, Vec<String>), Vec<String>>;

/// The configuration directory, and which of its files were read.
pub(crate) struct Files {
    directory: Directory,
    options: LoadOptions,
    read: Mutex<BTreeMap<String, &'static str>>,
}

/// What the files say of call records and of the engine beside.
#[derive(Debug, Clone)]
pub(crate) struct Records {
    /// How CSV files are written; `None` for not at all.
    pub(crate) csv: Option<CsvOptions>,
    /// `[general]` of cdr.conf.
    pub(crate) cdr: CdrSettings,
}

/// `[general]` of cdr.conf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CdrSettings {
    /// Whether records are kept.
    pub(crate) enabled: bool,
    /// Also of calls that nobody answered.
    pub(crate) unanswered: bool,
    /// Whether congestion is told apart from failure.
    pub(crate) congestion: bool,
    /// Whether a record ends before the `h` extension.
    pub(crate) end_before_h: bool,
    /// Whether seconds are rounded up.
    pub(crate) round_up: bool,
}

impl Default for Records {
    /// As without a cdr.conf: records are kept, and no file is written.
    fn default() -> Records {
        Records {
            csv: None,
            cdr: CdrSettings {
                enabled: true,
                unanswered: false,
                congestion: false,
                end_before_h: true,
                round_up: false,
            },
        }
    }
}

impl Files {
    /// The files of this directory.
    pub(crate) fn new(directory: &Path, exec_includes: bool) -> Files {
        Files {
            directory: Directory::new(directory),
            options: LoadOptions { exec_includes },
            read: Mutex::default(),
        }
    }

    /// The directory.
    pub(crate) fn root(&self) -> &Path {
        self.directory.root()
    }

    /// The files that were read, each with the module that did.
    pub(crate) fn listed(&self) -> Vec<(String, &'static str)> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter()
            .map(|(file, module)| (file.clone(), *module))
            .collect()
    }

    /// Writes a file.
    pub(crate) fn save(&self, name: &str, text: &str) -> Result<std::path::PathBuf, String> {
        let path = self.directory.path(name);
        self.directory
            .save(name, &text::to_bytes(text))
            .map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(path)
    }

    /// extensions.conf. Places that were not understood are in the error where `strict` wants all or
    /// nothing, and remarks otherwise. `None` where there is no such file.
    pub(crate) fn plan(&self, strict: bool) -> Reading<Option<Plan>> {
        let Some((config, mut remarks)) = self.load("extensions.conf", "pbx_config")? else {
            return Ok((None, Vec::new()));
        };
        let lines: Vec<(&str, Vec<Line<'_>>)> = config
            .categories()
            .map(|category| {
                (
                    category.name.as_str(),
                    category.variables.iter().map(line).collect(),
                )
            })
            .collect();
        let sections: Vec<Section<'_>> = lines
            .iter()
            .map(|(name, lines)| Section { name, lines })
            .collect();
        let environment = |name: &str| std::env::var(name).ok();
        let (plan, problems) = extensions::load(&sections, &environment);
        let problems = problems.iter().map(ToString::to_string);
        if strict && problems.len() > 0 {
            return Err(problems.collect());
        }
        remarks.extend(problems);
        // These ask dialplans elsewhere, and there is none yet that could be asked.
        for context in plan
            .contexts()
            .filter(|context| !context.switches().is_empty())
        {
            let name = context.name();
            remarks.push(format!(
                "extensions.conf: the switch lines of [{name}] are not followed"
            ));
        }
        Ok((Some(plan), remarks))
    }

    /// manager.conf and acl.conf; the interface switched off where there is none.
    pub(crate) fn manager(&self) -> Reading<manager::settings::Settings> {
        let acl = self.load("acl.conf", "acl")?;
        let Some((config, mut remarks)) = self.load("manager.conf", "manager")? else {
            return Ok((manager::settings::Settings::default(), Vec::new()));
        };
        let (settings, warnings) =
            manager::settings::Settings::read(&config, acl.as_ref().map(|(acl, _)| acl))
                .map_err(sentences)?;
        remarks.extend(sentences(warnings));
        Ok((settings, remarks))
    }

    /// cdr_manager.conf and cel.conf, as the events of the manager need them.
    pub(crate) fn events(&self, zone: TimeZone) -> Reading<EventSettings> {
        let cdr = self.load("cdr_manager.conf", "cdr_manager")?;
        let cel = self.load("cel.conf", "cel")?;
        let settings = EventSettings::read(
            cdr.as_ref().map(|(cdr, _)| cdr),
            cel.as_ref().map(|(cel, _)| cel),
            zone,
        )
        .map_err(|problem| vec![problem.to_string()])?;
        let remarks = cdr
            .into_iter()
            .chain(cel)
            .flat_map(|(_, remarks)| remarks)
            .collect();
        Ok((settings, remarks))
    }

    /// cdr.conf.
    pub(crate) fn records(&self) -> Reading<Records> {
        let (config, remarks) = self.load("cdr.conf", "cdr")?.unwrap_or_default();
        let general = config.category("general");
        let flag = |name: &str, default: bool| {
            general
                .map_or(Ok(default), |general| general.flag(name, default))
                .map_err(|p| vec![p.to_string()])
        };
        let cdr = CdrSettings {
            enabled: flag("enable", true)?,
            unanswered: flag("unanswered", false)?,
            congestion: flag("congestion", false)?,
            end_before_h: flag("endbeforehexten", true)?,
            round_up: flag("initiatedseconds", false)?,
        };
        let csv = match config.category("csv") {
            None => None,
            Some(section) => {
                let default = CsvOptions::default();
                let flag = |name: &str, default: bool| {
                    section
                        .flag(name, default)
                        .map_err(|problem| vec![problem.to_string()])
                };
                Some(CsvOptions {
                    usegmtime: flag("usegmtime", default.usegmtime)?,
                    loguniqueid: flag("loguniqueid", default.loguniqueid)?,
                    loguserfield: flag("loguserfield", default.loguserfield)?,
                    newcdrcolumns: flag("newcdrcolumns", default.newcdrcolumns)?,
                    accountlogs: flag("accountlogs", default.accountlogs)?,
                })
            }
        };
        Ok((Records { csv, cdr }, remarks))
    }

    /// pjsip.conf, with the lists of acl.conf; nothing configured where there is none.
    pub(crate) fn phones(&self) -> Reading<sip::settings::Settings> {
        let acl = self.load("acl.conf", "acl")?;
        let Some((config, mut remarks)) = self.load("pjsip.conf", "res_pjsip")? else {
            return Ok((sip::settings::Settings::default(), Vec::new()));
        };
        let (mut settings, problems) =
            sip::settings::Settings::read(&config, acl.as_ref().map(|(acl, _)| acl));
        remarks.extend(sentences(problems));
        if let Some((notify, remarked)) = self.load("pjsip_notify.conf", "res_pjsip_notify")? {
            settings.read_notify(&notify);
            remarks.extend(remarked);
        }
        Ok((settings, remarks))
    }

    /// rtp.conf and musiconhold.conf. Directories of music are relative to `data`, below which the sounds
    /// are too.
    pub(crate) fn sound(&self, data: &Path, language: &str) -> Reading<media::settings::Settings> {
        let mut remarks = Vec::new();
        let mut settings = media::settings::Settings::default();
        if let Some((config, remarked)) = self.load("rtp.conf", "res_rtp_asterisk")? {
            let (read, problems) = media::settings::Settings::read(&config);
            settings = read;
            remarks.extend(remarked);
            remarks.extend(sentences(problems));
        }
        if let Some((config, remarked)) = self.load("musiconhold.conf", "res_musiconhold")? {
            let (music, problems) = media::music::Class::read(&config, data);
            settings.music = music;
            remarks.extend(remarked);
            remarks.extend(sentences(problems));
        }
        settings.sounds = data.join("sounds");
        settings.language = Text::from(language);
        Ok((settings, remarks))
    }

    /// indications.conf; the tones that are built in where there is none.
    pub(crate) fn tones(&self) -> Reading<Zones> {
        let Some((config, mut remarks)) = self.load("indications.conf", "indications")? else {
            return Ok((Zones::default(), Vec::new()));
        };
        let (zones, problems) = indications::read(&config);
        remarks.extend(sentences(problems));
        Ok((zones, remarks))
    }

    /// features.conf; Asterisk's own keys where there is none.
    pub(crate) fn features(&self) -> Reading<FeatureRules> {
        let Some((config, mut remarks)) = self.load("features.conf", "features")? else {
            return Ok((FeatureRules::default(), Vec::new()));
        };
        let (rules, problems) = features::read(&config);
        remarks.extend(sentences(problems));
        Ok((rules, remarks))
    }

    /// The applications that the channel event log follows.
    pub(crate) fn followed_applications(&self) -> Vec<Text> {
        let Ok(Some((config, _))) = self.load("cel.conf", "cel") else {
            return Vec::new();
        };
        let apps = config
            .get("general", "apps")
            .unwrap_or_default()
            .to_ascii_lowercase();
        apps.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(Text::from)
            .collect()
    }

    /// logger.conf; Asterisk's ways where there is none.
    pub(crate) fn logger(&self) -> Reading<log::Settings> {
        let Some((config, mut remarks)) = self.load("logger.conf", "logger")? else {
            return Ok((log::Settings::default(), Vec::new()));
        };
        let (settings, problems) = log::Settings::read(&config);
        remarks.extend(sentences(problems));
        Ok((settings, remarks))
    }

    /// modules.conf; everything where there is none.
    pub(crate) fn modules(&self) -> Reading<Wishes> {
        let Some((config, mut remarks)) = self.load("modules.conf", "loader")? else {
            return Ok((Wishes::default(), Vec::new()));
        };
        let (wishes, problems) = Wishes::read(&config);
        remarks.extend(sentences(problems));
        Ok((wishes, remarks))
    }

    fn load(
        &self,
        name: &str,
        module: &'static str,
    ) -> Result<Option<(Config, Vec<String>)>, Vec<String>> {
        match config::load(&self.directory, name, &self.options) {
            Ok(config) => {
                let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
                read.extend(config.files.iter().map(|file| (file.to_string(), module)));
                let remarks = sentences(config.warnings.clone());
                Ok(Some((config, remarks)))
            }
            Err(Error::NotFound(_)) => Ok(None),
            Err(Error::Invalid(problems)) => Err(sentences(problems)),
        }
    }
}

/// asterisk.conf at any place; an empty configuration where there is none.
pub(crate) fn asterisk_conf(file: &Path) -> Reading<Config> {
    let directory = file.parent().unwrap_or(Path::new("."));
    let Some(name) = file
        .file_name()
        .map(|name| text::decode(name.as_encoded_bytes()).into_owned())
    else {
        return Err(vec![format!("{}: this is no file", file.display())]);
    };
    match config::load(&Directory::new(directory), &name, &LoadOptions::default()) {
        Ok(config) => {
            let remarks = sentences(config.warnings.clone());
            Ok((config, remarks))
        }
        Err(Error::NotFound(_)) => Ok((Config::default(), Vec::new())),
        Err(Error::Invalid(problems)) => Err(sentences(problems)),
    }
}

/// What the engine is told. `others` holds what comes from elsewhere: tones, keys, directories, how much is logged.
pub(crate) fn engine_settings(
    options: &Options,
    records: &Records,
    manager: &manager::settings::Settings,
    followed_applications: Vec<Text>,
    others: engine::Settings,
) -> engine::Settings {
    let environment = std::env::vars_os().map(|(name, value)| {
        let text = |os: &std::ffi::OsStr| Text::from(&*text::decode(os.as_encoded_bytes()));
        (text(&name), text(&value))
    });
    engine::Settings {
        shown_variables: manager.channel_variables.clone(),
        followed_applications,
        records: records.cdr.enabled,
        records_unanswered: records.cdr.unanswered,
        records_congestion: records.cdr.congestion,
        records_end_before_h: records.cdr.end_before_h,
        records_round_up: records.cdr.round_up,
        max_calls: options.max_calls,
        language: Text::from(&*options.default_language),
        programs_allowed: options.programs_allowed,
        live_dangerously: options.live_dangerously,
        system_name: Text::from(&*options.system_name),
        zone: Text::from(TimeZone::system().iana_name().unwrap_or("UTC")),
        environment: environment.collect(),
        ..others
    }
}

fn line(variable: &config::Variable) -> Line<'_> {
    Line {
        key: &variable.name,
        value: &variable.value,
        file: &variable.file,
        line: variable.line,
    }
}

fn sentences(problems: Vec<Problem>) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
