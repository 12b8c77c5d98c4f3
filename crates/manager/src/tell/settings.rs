//! What the configuration files say of events.

use config::{Category, Config, Problem};
use jiff::tz::TimeZone;

use super::cdr::CdrSettings;
use super::cel::{CelSettings, Kinds};

/// Which records are told, and how times are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What `cdr_manager.conf` says.
    pub cdr: CdrSettings,
    /// What `cel.conf` says.
    pub cel: CelSettings,
    /// The zone of times of day.
    pub zone: TimeZone,
}

impl Default for Settings {
    /// No records, times in UTC.
    fn default() -> Settings {
        Settings {
            cdr: CdrSettings::default(),
            cel: CelSettings::default(),
            zone: TimeZone::UTC,
        }
    }
}

impl Settings {
    /// Reads both files; one that is missing switches its records off.
    pub fn read(
        cdr_manager: Option<&Config>,
        cel: Option<&Config>,
        zone: TimeZone,
    ) -> Result<Settings, Problem> {
        Ok(Settings {
            cdr: cdr_manager.map(read_cdr).transpose()?.unwrap_or_default(),
            cel: cel.map(read_cel).transpose()?.unwrap_or_default(),
            zone,
        })
    }
}

fn read_cdr(file: &Config) -> Result<CdrSettings, Problem> {
    let mappings = file
        .category("mappings")
        .map_or(&[][..], |category| &category.variables);
    Ok(CdrSettings {
        enabled: flag(file.category("general"), "enabled")?,
        mappings: mappings
            .iter()
            .map(|v| (v.name.to_string(), v.value.clone()))
            .collect(),
    })
}

fn read_cel(file: &Config) -> Result<CelSettings, Problem> {
    let general = file.category("general");
    let manager = file.category("manager");
    let text = |name: &str| {
        general
            .and_then(|category| category.get(name))
            .unwrap_or_default()
    };
    let list = text("apps")
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    Ok(CelSettings {
        enabled: flag(general, "enable")?,
        kinds: Kinds::parse(text("events")),
        applications: list.map(str::to_ascii_lowercase).collect(),
        date_format: text("dateformat").to_owned(),
        manager: flag(manager, "enabled")?,
        show_user_defined: flag(manager, "show_user_defined")?,
    })
}

/// A flag that is off unless the file says otherwise.
fn flag(category: Option<&Category>, name: &str) -> Result<bool, Problem> {
    category.map_or(Ok(false), |category| category.flag(name, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tell::cel::Kind;

    #[test]
    fn both_files_are_read() {
        let cdr = "[general]\nenabled = yes\n[mappings]\nrate => Rate\n";
        let cdr = Config::from_text("cdr_manager.conf", cdr).unwrap();
        let cel = "[general]\nenable = yes\napps = Dial, park\nevents = HANGUP,APP_START\n\
                   dateformat = %F\n[manager]\nenabled = yes\n";
        let cel = Config::from_text("cel.conf", cel).unwrap();
        let settings = Settings::read(Some(&cdr), Some(&cel), TimeZone::UTC).unwrap();
        assert!(settings.cdr.enabled);
        assert_eq!(settings.cdr.mappings, [("rate".to_owned(), "Rate".into())]);
        assert_eq!(settings.cel.applications, ["dial", "park"]);
        assert!(settings.cel.kinds.contains(Kind::Hangup));
        assert!(!settings.cel.kinds.contains(Kind::ChanStart));
        assert!(settings.cel.manager && !settings.cel.show_user_defined);
        assert_eq!(settings.cel.date_format, "%F");
    }

    #[test]
    fn a_missing_file_switches_off_and_a_wrong_one_is_told() {
        let settings = Settings::read(None, None, TimeZone::UTC).unwrap();
        assert_eq!(settings, Settings::default());
        let wrong = Config::from_text("cel.conf", "[general]\nenable = perhaps\n").unwrap();
        let problem = Settings::read(None, Some(&wrong), TimeZone::UTC).unwrap_err();
        assert_eq!((&*problem.file, problem.line), ("cel.conf", 2));
    }
}
