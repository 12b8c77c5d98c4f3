//! logger.conf.

use config::{Config, Problem};

use super::line::{Levels, Verbose};

/// Where lines go and what they look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// What the date looks like; empty for Asterisk's way.
    pub(crate) date: String,
    /// What consoles show; `None` where logger.conf has no console.
    pub(crate) console: Option<Levels>,
    /// The files.
    pub(crate) files: Vec<Destination>,
    /// What becomes of a file at `logger rotate`.
    pub(crate) rotation: Rotation,
}

/// A file of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Destination {
    /// Its name: below the log directory, unless it is absolute.
    pub(crate) name: String,
    /// What is written to it.
    pub(crate) levels: Levels,
}

/// What becomes of a file at `logger rotate`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Rotation {
    /// It gets the next number: the highest is the newest.
    #[default]
    Sequential,
    /// It gets number 0, and the others move up.
    Rotate,
    /// It gets the time.
    Timestamp,
    /// It stays; something else has renamed it.
    None,
}

impl Default for Settings {
    fn default() -> Settings {
        let (levels, _) = Levels::parse("notice,warning,error,verbose");
        Settings {
            date: String::new(),
            console: Some(levels),
            files: Vec::new(),
            rotation: Rotation::default(),
        }
    }
}

impl Settings {
    /// Reads the file; what it cannot take is told and left out.
    pub(crate) fn read(config: &Config) -> (Settings, Vec<Problem>) {
        let mut settings = Settings {
            console: None,
            ..Settings::default()
        };
        let mut problems = Vec::new();
        if let Some(general) = config.category("general") {
            general
                .get("dateformat")
                .unwrap_or_default()
                .clone_into(&mut settings.date);
            if let Some(strategy) = general.variable("rotatestrategy") {
                match rotation(&strategy.value) {
                    Some(rotation) => settings.rotation = rotation,
                    None => problems.push(
                        strategy.problem(format!("there is no rotatestrategy {}", strategy.value)),
                    ),
                }
            }
        }
        let lines = config
            .named("logfiles")
            .flat_map(|category| &category.variables);
        for variable in lines {
            let (format, list) = format(&variable.value);
            if let Some(format) = format.filter(|format| !matches!(*format, "default" | "plain")) {
                problems.push(variable.problem(format!("the log has no format {format}")));
            }
            let (levels, unknown) = Levels::parse(list);
            problems.extend(
                unknown
                    .iter()
                    .map(|word| variable.problem(format!("there is no level {word}"))),
            );
            let name = variable.name.to_string();
            if name.eq_ignore_ascii_case("console") {
                settings.console = Some(levels);
            } else if name.to_ascii_lowercase().starts_with("syslog.") {
                problems.push(
                    variable
                        .problem("the log does not go to syslog; let systemd's journal take it"),
                );
            } else {
                settings.files.push(Destination { name, levels });
            }
        }
        (settings, problems)
    }

    /// The most that a file wants of what the switch does.
    pub(crate) fn verbosity(&self) -> u8 {
        let up_to = |levels: &Levels| match levels.verbose {
            Some(Verbose::UpTo(most)) => most,
            _ => 0,
        };
        let all = self.files.iter().map(|file| up_to(&file.levels));
        all.chain(self.console.as_ref().map(up_to))
            .max()
            .unwrap_or(0)
    }
}

fn rotation(word: &str) -> Option<Rotation> {
    match word.to_ascii_lowercase().as_str() {
        "sequential" => Some(Rotation::Sequential),
        "rotate" => Some(Rotation::Rotate),
        "timestamp" => Some(Rotation::Timestamp),
        "none" => Some(Rotation::None),
        _ => None,
    }
}

/// `[format]` before the levels.
fn format(value: &str) -> (Option<&str>, &str) {
    match value
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((format, levels)) => (Some(format), levels),
        None => (None, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        let text = "[general]\ndateformat = %F %T\nrotatestrategy = rotate\n\
                    [logfiles]\nconsole => notice,verbose\nmessages.log => [plain]notice,warning\n\
                    full => *,verbose(5),nothing\nsyslog.local0 => error\n";
        let (settings, problems) = Settings::read(&Config::from_text("logger.conf", text).unwrap());
        assert_eq!(
            (settings.date.as_str(), settings.rotation),
            ("%F %T", Rotation::Rotate)
        );
        assert_eq!(settings.console.unwrap().to_string(), "NOTICE VERBOSE ");
        assert_eq!(settings.files.len(), 2);
        assert_eq!(settings.verbosity(), 5);
        let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [7, 8]);
    }
}
