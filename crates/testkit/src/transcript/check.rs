//! All scenarios against one server.

use std::fmt;
use std::time::{Duration, Instant};

use super::leftovers::{Leftover, Leftovers};
use super::report::Report;
use super::run::{Pace, Server};
use super::{Recording, Scenario, compare};

/// What became of each scenario.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    outcome: Result<Outcome, String>,
    took: Duration,
}

#[derive(Debug)]
struct Outcome {
    /// Packets that came as recorded, and that were recorded.
    same: (usize, usize),
    /// Packets that differ and are known to.
    known: usize,
    /// What is not known.
    new: Report,
    /// What is known and did not show.
    gone: Vec<Leftover>,
}

/// Plays all scenarios that this crate keeps, in alphabetical order, against one server, which must have
/// been started afresh on [`copy_configuration`](super::copy_configuration) with empty state.
pub fn check_all(server: Server, pace: Pace, known: &Leftovers) -> std::io::Result<Table> {
    let names = Scenario::names()?;
    let row = |name: String| {
        let began = Instant::now();
        let outcome = check(&name, server, pace, known);
        Row {
            name,
            outcome,
            took: began.elapsed(),
        }
    };
    Ok(Table {
        rows: names.into_iter().map(row).collect(),
    })
}

fn check(name: &str, server: Server, pace: Pace, known: &Leftovers) -> Result<Outcome, String> {
    let scenario = Scenario::load(name).map_err(|error| error.to_string())?;
    let recordings = Recording::load_all(name).map_err(|error| format!("{name}: {error}"))?;
    let log = scenario
        .run(server, &recordings, pace)
        .map_err(|error| error.to_string())?;
    let report = compare(&log, &recordings);
    let (same, off) = ((report.same, report.recorded), report.off());
    let (new, gone) = known.explain(name, report);
    Ok(Outcome {
        same,
        known: off - new.off(),
        new,
        gone,
    })
}

impl Table {
    /// Nothing differs but what is known to, and all of that does.
    pub fn is_as_expected(&self) -> bool {
        self.rows.iter().all(|row| {
            row.outcome
                .as_ref()
                .is_ok_and(|outcome| outcome.new.is_clean() && outcome.gone.is_empty())
        })
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Row {
            name,
            outcome,
            took,
        } in &self.rows
        {
            match outcome {
                Err(why) => writeln!(f, "{name:24} {why}")?,
                Ok(Outcome {
                    same: (same, recorded),
                    known,
                    new,
                    gone,
                }) => {
                    writeln!(
                        f,
                        "{name:24} {same:4}/{recorded:<4} the same, {known:2} known to differ, {:2} new, {:4.1} s",
                        new.off() + new.upset.len(),
                        took.as_secs_f32()
                    )?;
                    if !new.is_clean() {
                        write!(f, "{new}")?;
                    }
                    for leftover in gone {
                        writeln!(f, "  no longer so: {leftover} ({})", leftover.reason)?;
                    }
                }
            }
        }
        Ok(())
    }
}
