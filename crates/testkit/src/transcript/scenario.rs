//! What a client does, step by step.
//!
//! ```text
//! open a                     connect, read the greeting
//! send a                     the lines that follow, up to an empty one, as one packet
//! raw a TEXT                 TEXT as it stands, with \r \n \t \0 \\ and \xNN for what cannot be typed
//! until a 3000 REGEX         read until a packet matches, for so many milliseconds at most
//! settle a 300               read until nothing has come for so many milliseconds
//! keep NAME a HEADER REGEX   NAME = HEADER's value in the newest packet of a that matches
//! pause 200                  milliseconds
//! sipp NAME FILE ARGUMENTS   start sipp on recordings/sipp/FILE, for one call
//! wait NAME 8000             until that sipp has ended, for so many milliseconds at most
//! shut a                     close it
//! ```
//!
//! `$NAME` stands for a kept value. A line that begins with `#` is a remark.

use std::fmt;
use std::time::Duration;

use super::directory;

/// A client's steps.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Open {
        connection: String,
    },
    Send {
        connection: String,
        lines: Vec<String>,
    },
    Raw {
        connection: String,
        text: String,
    },
    Until {
        connection: String,
        limit: Duration,
        pattern: String,
    },
    Settle {
        connection: String,
        silence: Duration,
    },
    Keep {
        name: String,
        connection: String,
        header: String,
        pattern: String,
    },
    Pause(Duration),
    Sipp {
        name: String,
        file: String,
        arguments: String,
    },
    Wait {
        name: String,
        limit: Duration,
    },
    Shut {
        connection: String,
    },
}

/// A scenario that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    name: String,
    why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.scn: {}", self.name, self.why)
    }
}

impl std::error::Error for Unreadable {}

impl Scenario {
    /// The scenario of this name that this crate keeps.
    pub fn load(name: &str) -> Result<Scenario, Unreadable> {
        let path = directory("recordings").join(format!("{name}.scn"));
        let text = std::fs::read_to_string(path).map_err(|error| Unreadable {
            name: name.to_owned(),
            why: error.to_string(),
        })?;
        Scenario::parse(name, &text)
    }

    /// The names of all scenarios that this crate keeps, in the order in which they are played.
    pub fn names() -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(directory("recordings"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "scn") {
                names.extend(
                    path.file_stem()
                        .map(|stem| stem.to_string_lossy().into_owned()),
                );
            }
        }
        names.sort();
        Ok(names)
    }

    /// Reads a scenario's text.
    pub fn parse(name: &str, text: &str) -> Result<Scenario, Unreadable> {
        let mut steps = Vec::new();
        let mut lines = text.lines().enumerate();
        while let Some((at, line)) = lines.next() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let step = Step::parse(line).ok_or_else(|| Unreadable {
                name: name.to_owned(),
                why: format!("line {}: what is {line:?}?", at + 1),
            })?;
            let step = match step {
                Step::Send { connection, .. } => {
                    let body = lines.by_ref().map(|(_, line)| line);
                    let body = body.take_while(|line| !line.trim().is_empty());
                    Step::Send {
                        connection,
                        lines: body.map(str::to_owned).collect(),
                    }
                }
                other => other,
            };
            steps.push(step);
        }
        Ok(Scenario {
            name: name.to_owned(),
            steps,
        })
    }
}

impl Step {
    /// Reads a step's own line.
    fn parse(line: &str) -> Option<Step> {
        let (word, rest) = line.split_once(' ')?;
        let connection = rest.to_owned();
        Some(match word {
            "open" => Step::Open { connection },
            "send" => Step::Send {
                connection,
                lines: Vec::new(),
            },
            "raw" => {
                let (connection, text) = rest.split_once(' ')?;
                Step::Raw {
                    connection: connection.to_owned(),
                    text: text.to_owned(),
                }
            }
            "until" => {
                let mut parts = rest.splitn(3, ' ');
                Step::Until {
                    connection: parts.next()?.to_owned(),
                    limit: milliseconds(parts.next()?)?,
                    pattern: parts.next()?.to_owned(),
                }
            }
            "settle" => {
                let (connection, silence) = rest.split_once(' ')?;
                Step::Settle {
                    connection: connection.to_owned(),
                    silence: milliseconds(silence)?,
                }
            }
            "keep" => {
                let mut parts = rest.splitn(4, ' ').map(str::to_owned);
                Step::Keep {
                    name: parts.next()?,
                    connection: parts.next()?,
                    header: parts.next()?,
                    pattern: parts.next()?,
                }
            }
            "pause" => Step::Pause(milliseconds(rest)?),
            "sipp" => {
                let mut parts = rest.splitn(3, ' ');
                Step::Sipp {
                    name: parts.next()?.to_owned(),
                    file: parts.next()?.to_owned(),
                    arguments: parts.next().unwrap_or_default().to_owned(),
                }
            }
            "wait" => {
                let (name, limit) = rest.split_once(' ')?;
                Step::Wait {
                    name: name.to_owned(),
                    limit: milliseconds(limit)?,
                }
            }
            "shut" => Step::Shut { connection },
            _ => return None,
        })
    }
}

fn milliseconds(text: &str) -> Option<Duration> {
    text.parse().ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_are_kept_can_be_read_and_have_recordings() {
        let names = Scenario::names().unwrap();
        assert!(names.len() >= 30, "{names:?}");
        for name in names {
            let scenario = Scenario::load(&name).unwrap();
            assert!(!scenario.steps.is_empty(), "{name}");
            for recording in super::super::Recording::load_all(&name).unwrap() {
                assert!(!recording.log.packets().is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn a_step_that_nobody_knows_is_refused_with_its_line() {
        let error = Scenario::parse("odd", "open a\n\njump a\n").unwrap_err();
        assert_eq!(error.to_string(), "odd.scn: line 3: what is \"jump a\"?");
    }

    #[test]
    fn a_packet_ends_with_an_empty_line() {
        let scenario = Scenario::parse("x", "send a\nAction: Ping\nActionID: 1\n\nshut a").unwrap();
        let lines = vec!["Action: Ping".to_owned(), "ActionID: 1".to_owned()];
        assert_eq!(
            scenario.steps,
            [
                Step::Send {
                    connection: "a".into(),
                    lines
                },
                Step::Shut {
                    connection: "a".into()
                }
            ]
        );
    }
}
