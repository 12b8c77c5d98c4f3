//! A line of the log, and who wants it.

use jiff::Timestamp;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use owo_colors::OwoColorize as _;

/// How grave a line is, or what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Something does not work.
    Error,
    /// Something is not as it should be.
    Warning,
    /// Worth knowing.
    Notice,
    /// What the switch does, for those who want to see at least this much.
    Verbose(u8),
    /// For those who search a fault.
    Debug,
}

impl Level {
    /// The word before the line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Notice => "NOTICE",
            Level::Verbose(_) => "VERBOSE",
            Level::Debug => "DEBUG",
        }
    }
}

/// A line of the log.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// When it was said.
    pub(crate) time: Timestamp,
    /// How grave it is.
    pub(crate) level: Level,
    /// The part of the switch that said it.
    pub(crate) from: String,
    /// What it said, without a line end.
    pub(crate) text: String,
}

/// How lines are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style<'a> {
    /// The `dateformat` of logger.conf, in strftime's signs; empty for Asterisk's.
    pub(crate) date: &'a str,
    /// Whether for a terminal that shows colours.
    pub(crate) colours: bool,
    /// Whether verbose lines bear the time too.
    pub(crate) timestamps: bool,
}

/// What the date looks like where logger.conf says nothing.
const DATE: &str = "%b %e %H:%M:%S";

impl Line {
    /// A line said now. Line ends inside it become blanks, so that none can pass for another line.
    pub(crate) fn new(level: Level, from: impl Into<String>, text: impl Into<String>) -> Line {
        let mut text: String = text.into();
        if text.contains(|c: char| c.is_control()) {
            text = text
                .trim_end()
                .replace(|c: char| c.is_control() && c != '\t', " ");
        }
        Line {
            time: Timestamp::now(),
            level,
            from: from.into(),
            text,
        }
    }

    /// As a file has it.
    pub(crate) fn for_file(&self, style: Style<'_>) -> String {
        let Line { level, from, .. } = self;
        let pid = std::process::id();
        format!(
            "[{}] {}[{pid}] {from}: {}",
            self.date(style.date),
            level.word(),
            self.marked()
        )
    }

    /// As a console has it: what the switch does stands there without date and origin.
    pub(crate) fn for_console(&self, style: Style<'_>) -> String {
        let word = self.level.word();
        let word = match self.level {
            Level::Verbose(_) if style.timestamps => {
                return format!("[{}] {}", self.date(style.date), self.marked());
            }
            Level::Verbose(_) => return self.marked(),
            _ if !style.colours => word.to_owned(),
            Level::Error => word.bright_red().to_string(),
            Level::Warning => word.red().to_string(),
            Level::Notice => word.yellow().to_string(),
            Level::Debug => word.green().to_string(),
        };
        let pid = std::process::id();
        format!(
            "[{}] {word}[{pid}]: {}: {}",
            self.date(style.date),
            self.from,
            self.text
        )
    }

    /// The text with the mark of its verbosity before it.
    fn marked(&self) -> String {
        let mark = match self.level {
            _ if self.text.starts_with(' ') => "",
            Level::Verbose(0 | 1) => " ",
            Level::Verbose(2) => "  == ",
            Level::Verbose(3) => "    -- ",
            Level::Verbose(_) => "       > ",
            _ => "",
        };
        format!("{mark}{}", self.text)
    }

    fn date(&self, format: &str) -> String {
        // Asterisk writes fractions of a second as %q, with the number of digits before it.
        let format = if format.is_empty() {
            DATE.to_owned()
        } else {
            fractions(format)
        };
        let zoned = self.time.to_zoned(TimeZone::system());
        BrokenDownTime::from(&zoned)
            .to_string(&format)
            .unwrap_or_else(|_| zoned.timestamp().to_string())
    }
}

/// `%3q` as strftime's `%3f`.
fn fractions(format: &str) -> String {
    let mut out = String::with_capacity(format.len());
    let mut sign = false;
    for c in format.chars() {
        out.push(if sign && c == 'q' { 'f' } else { c });
        sign = c == '%' && !sign || sign && c.is_ascii_digit();
    }
    out
}

/// A set of levels, as a line of logger.conf names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    pub(crate) error: bool,
    pub(crate) warning: bool,
    pub(crate) notice: bool,
    pub(crate) debug: bool,
    /// Verbose lines up to a verbosity, or up to the console's own.
    pub(crate) verbose: Option<Verbose>,
}

/// How much of what the switch does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verbose {
    /// Up to this verbosity.
    UpTo(u8),
    /// As much as the console shows.
    AsShown,
}

impl Levels {
    /// Reads levels with commas; gives back the words that mean nothing.
    pub(crate) fn parse(list: &str) -> (Levels, Vec<&str>) {
        let mut levels = Levels::default();
        let mut unknown = Vec::new();
        for word in list
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            let lower = word.to_ascii_lowercase();
            match lower.as_str() {
                "error" => levels.error = true,
                "warning" => levels.warning = true,
                "notice" => levels.notice = true,
                "debug" | "trace" => levels.debug = true,
                "verbose" => levels.verbose = Some(Verbose::AsShown),
                "*" => {
                    levels = Levels {
                        error: true,
                        warning: true,
                        notice: true,
                        debug: true,
                        verbose: Some(Verbose::AsShown),
                    };
                }
                // Asterisk has these levels; nothing of this switch is at them.
                "dtmf" | "fax" | "security" => {}
                lower => match lower
                    .strip_prefix("verbose(")
                    .and_then(|rest| rest.strip_suffix(')'))
                {
                    Some("*") => levels.verbose = Some(Verbose::UpTo(u8::MAX)),
                    Some(figure) if figure.parse::<u8>().is_ok() => {
                        levels.verbose = figure.parse().ok().map(Verbose::UpTo);
                    }
                    _ => unknown.push(word),
                },
            }
        }
        (levels, unknown)
    }

    /// Whether a line is of one of these levels, where `verbosity` is what the console shows.
    pub(crate) fn hold(&self, line: &Line, verbosity: u8) -> bool {
        match line.level {
            Level::Error => self.error,
            Level::Warning => self.warning,
            Level::Notice => self.notice,
            Level::Debug => self.debug,
            Level::Verbose(level) => match self.verbose {
                None => false,
                Some(Verbose::AsShown) => level <= verbosity,
                Some(Verbose::UpTo(most)) => level <= most,
            },
        }
    }
}

impl std::fmt::Display for Levels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = [
            (self.debug, "DEBUG"),
            (self.notice, "NOTICE"),
            (self.warning, "WARNING"),
            (self.error, "ERROR"),
        ];
        for (_, word) in plain.into_iter().filter(|(held, _)| *held) {
            write!(f, "{word} ")?;
        }
        match self.verbose {
            None => Ok(()),
            Some(Verbose::AsShown) => f.write_str("VERBOSE "),
            Some(Verbose::UpTo(u8::MAX)) => f.write_str("VERBOSE(*) "),
            Some(Verbose::UpTo(most)) => write!(f, "VERBOSE({most}) "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_and_shown() {
        let (levels, unknown) = Levels::parse("notice, Warning,error,verbose(3),dtmf,nonsense");
        assert_eq!(unknown, ["nonsense"]);
        assert_eq!(levels.to_string(), "NOTICE WARNING ERROR VERBOSE(3) ");
        assert_eq!(
            Levels::parse("*").0.to_string(),
            "DEBUG NOTICE WARNING ERROR VERBOSE "
        );
    }

    #[test]
    fn verbose_lines_bear_the_mark_of_their_verbosity() {
        let line = |level, text: &str| {
            Line::new(Level::Verbose(level), "pbx", text).for_console(Style::default())
        };
        assert_eq!(
            line(2, "Manager 'admin' logged off"),
            "  == Manager 'admin' logged off"
        );
        assert_eq!(line(3, "Executing"), "    -- Executing");
        assert_eq!(line(3, "  == as it came"), "  == as it came");
    }

    #[test]
    fn a_line_stays_one_line() {
        let line = Line::new(Level::Notice, "manager", "a\r\nNOTICE b\x1b[31m\n");
        assert_eq!(line.text, "a  NOTICE b [31m");
    }

    #[test]
    fn a_file_has_date_level_process_and_origin() {
        let mut line = Line::new(Level::Notice, "manager", "text");
        line.time = Timestamp::from_second(0).unwrap();
        let written = line.for_file(Style {
            date: "%s.%3q",
            ..Style::default()
        });
        assert_eq!(
            written,
            format!("[0.000] NOTICE[{}] manager: text", std::process::id())
        );
    }

    #[test]
    fn a_verbosity_decides() {
        let line = Line::new(Level::Verbose(3), "pbx", "text");
        let held = |levels: &str, shown| Levels::parse(levels).0.hold(&line, shown);
        assert!(
            held("verbose", 3) && !held("verbose", 2) && held("verbose(3)", 0) && !held("error", 9)
        );
    }
}
