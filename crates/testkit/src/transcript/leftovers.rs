//! Differences that are known to stay, each with its reason.
//!
//! ```text
//! [status-empty]
//! - Event: CoreShowChannel | Channel: PJSIP/6002-<seq>
//!   A call of a phone was up when this was recorded.
//! ~ Response: Success | ActionID: 7 | -CoreCurrentCalls: 1 | +CoreCurrentCalls: 0
//!   So it was counted.
//! ```
//!
//! After the scenario's name come its differences, one a line: `-` a packet that is missing, `+` one that
//! is extra, `~` one that differs, `<` a channel whose events come in another order. Behind the sign stand
//! lines that the masked packet has, parted by ` | `; for `~` those that only the recorded one has begin
//! with `-` and those that only the server's has with `+`, and all of them must be there. For `<` it is
//! the channel's masked name. A line that begins with `| ` goes on with such lines. The indented lines
//! below are the reason, which has to be given.

use std::collections::BTreeMap;
use std::fmt;

use super::directory;
use super::log::Packet;
use super::report::{Differing, Report, Upset};

/// All differences that are known to stay, by scenario.
#[derive(Debug, Clone, Default)]
pub struct Leftovers {
    by_scenario: BTreeMap<String, Vec<Leftover>>,
}

/// One difference that is known to stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    sign: Sign,
    parts: Vec<String>,
    /// Why it stays.
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Missing,
    Extra,
    Differs,
    Upset,
}

impl Leftovers {
    /// Those that this crate keeps.
    pub fn load() -> Result<Leftovers, String> {
        let path = directory("recordings").join("leftovers.txt");
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        Leftovers::parse(&text)
    }

    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Leftovers, String> {
        let mut by_scenario: BTreeMap<String, Vec<Leftover>> = BTreeMap::new();
        let mut scenario = None;
        for (number, line) in text.lines().enumerate() {
            let wrong = |why: &str| format!("leftovers.txt, line {}: {why}", number + 1);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                scenario = Some(by_scenario.entry(name.to_owned()).or_default());
                continue;
            }
            let known = scenario
                .as_deref_mut()
                .ok_or_else(|| wrong("no scenario is named yet"))?;
            if let Some(parts) = line.strip_prefix("| ") {
                let last = known
                    .last_mut()
                    .ok_or_else(|| wrong("what goes on here?"))?;
                last.parts.extend(split(parts));
            } else if line.starts_with(' ') {
                let last = known.last_mut().ok_or_else(|| wrong("a reason of what?"))?;
                let space = if last.reason.is_empty() { "" } else { " " };
                last.reason = format!("{}{space}{}", last.reason, line.trim());
            } else {
                known.push(Leftover::parse(line).ok_or_else(|| wrong("it begins with no sign"))?);
            }
        }
        match by_scenario
            .values()
            .flatten()
            .find(|leftover| leftover.reason.is_empty())
        {
            Some(leftover) => Err(format!("leftovers.txt: no reason is given for: {leftover}")),
            None => Ok(Leftovers { by_scenario }),
        }
    }

    /// Takes out of a report what is known to stay. What is left of it is new; what is given back beside
    /// it is known and did not show.
    pub fn explain(&self, scenario: &str, mut report: Report) -> (Report, Vec<Leftover>) {
        let known = self
            .by_scenario
            .get(scenario)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let gone = known
            .iter()
            .filter(|leftover| !leftover.take_from(&mut report));
        let gone = gone.cloned().collect();
        (report, gone)
    }

    /// The scenarios that have any.
    pub fn scenarios(&self) -> impl Iterator<Item = &str> {
        self.by_scenario.keys().map(String::as_str)
    }
}

impl Leftover {
    fn parse(line: &str) -> Option<Leftover> {
        let (sign, rest) = line.split_once(' ')?;
        let sign = match sign {
            "-" => Sign::Missing,
            "+" => Sign::Extra,
            "~" => Sign::Differs,
            "<" => Sign::Upset,
            _ => return None,
        };
        let parts = rest
            .split(" | ")
            .map(|part| part.trim().to_owned())
            .collect();
        Some(Leftover {
            sign,
            parts,
            reason: String::new(),
        })
    }

    /// Takes the one difference that this is out of a report; false where it is not there.
    fn take_from(&self, report: &mut Report) -> bool {
        match self.sign {
            Sign::Missing => take(&mut report.missing, |packet| self.has_lines_of(packet)),
            Sign::Extra => take(&mut report.extra, |packet| self.has_lines_of(packet)),
            Sign::Differs => take(&mut report.differing, |differing| self.is(differing)),
            Sign::Upset => take(&mut report.upset, |Upset { channel, .. }| {
                self.parts == [channel.as_str()]
            }),
        }
    }

    fn has_lines_of(&self, packet: &Packet) -> bool {
        self.parts.iter().all(|part| packet.contains(part))
    }

    fn is(&self, differing: &Differing) -> bool {
        let (gone, new) = differing.changes();
        let with = |sign| {
            self.parts
                .iter()
                .filter_map(move |part| part.strip_prefix(sign))
        };
        let plain = self
            .parts
            .iter()
            .filter(|part| !part.starts_with(['-', '+']));
        with('-').eq(gone)
            && with('+').eq(new)
            && plain
                .into_iter()
                .all(|part| differing.recorded.contains(part))
    }
}

fn split(parts: &str) -> impl Iterator<Item = String> {
    parts.split(" | ").map(|part| part.trim_end().to_owned())
}

/// Removes the first that passes; false where none does.
fn take<T>(from: &mut Vec<T>, passes: impl Fn(&T) -> bool) -> bool {
    let at = from.iter().position(passes);
    at.map(|at| from.remove(at)).is_some()
}

impl fmt::Display for Leftover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.sign {
            Sign::Missing => '-',
            Sign::Extra => '+',
            Sign::Differs => '~',
            Sign::Upset => '<',
        };
        write!(f, "{sign} {}", self.parts.join(" | "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Log, Recording, Scenario, compare};
    use super::*;

    const KNOWN: &str = "[one]\n~ Event: A | -Count: 1\n| +Count: 0\n  Nobody was\n  there.\n\
                         - Event: B\n  It is of a later stage.\n";

    fn report(said: &str) -> Report {
        let recorded = "a< Event: A\na< Count: 1\n\na< Event: B\n\n";
        compare(&Log::parse(said), &[Recording::parse(recorded)])
    }

    #[test]
    fn what_is_known_is_taken_out() {
        let (left, gone) = Leftovers::parse(KNOWN)
            .unwrap()
            .explain("one", report("a< Event: A\na< Count: 0\n\n"));
        assert!(left.is_clean(), "{left}");
        assert!(gone.is_empty());
    }

    #[test]
    fn what_is_new_stays() {
        let known = Leftovers::parse(KNOWN).unwrap();
        let (left, _) = known.explain("one", report("a< Event: A\na< Count: 2\n\n"));
        assert_eq!(left.differing.len(), 1);
        let (left, _) = known.explain("another", report("a< Event: A\na< Count: 0\n\n"));
        assert_eq!(left.off(), 2);
    }

    #[test]
    fn what_is_known_and_does_not_show_is_told() {
        let known = Leftovers::parse(KNOWN).unwrap();
        let (left, gone) = known.explain("one", report("a< Event: A\na< Count: 1\n\n"));
        assert!(left.is_clean(), "{left}");
        assert_eq!(gone.len(), 1);
        assert_eq!(gone[0].reason, "Nobody was there.");
    }

    #[test]
    fn a_leftover_without_a_reason_is_refused() {
        assert!(Leftovers::parse("[one]\n- Event: B\n").is_err());
    }

    #[test]
    fn those_kept_can_be_read_and_name_scenarios() {
        let names = Scenario::names().unwrap();
        for scenario in Leftovers::load().unwrap().scenarios() {
            assert!(names.iter().any(|name| name == scenario), "{scenario}");
        }
    }
}
