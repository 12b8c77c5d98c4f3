//! `ami load sessions`.

use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::cost;
use super::report::{self, Report};
use super::session::Door;
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Sessions {
    /// Sessions to open.
    #[arg(long, default_value_t = 10_000)]
    pub(super) count: usize,

    /// Their event mask; with `on` each costs its place in the stream of events too.
    #[arg(long, default_value = "off")]
    pub(super) mask: String,

    /// How long to keep them open after the measurement, in seconds.
    #[arg(long, default_value_t = 0)]
    pub(super) hold: u64,
}

impl Sessions {
    pub(super) fn run(&self, target: &Target, pid: Option<u32>) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        // The first session makes what all share; it is not counted.
        let mut first = door.open(&self.mask)?;
        let before = pid.map(Size::of).transpose()?;
        let began = Instant::now();
        let mut open = Vec::with_capacity(self.count);
        for _ in 0..self.count {
            open.push(door.open(&self.mask)?.into_blocking());
        }
        let elapsed = began.elapsed();
        // All are there when the switch answers the first.
        first.ask(&ami::action::session::Ping)?;
        let after = pid.map(Size::of).transpose()?;
        thread::sleep(Duration::from_secs(self.hold));

        let mut report = Report::new("sessions");
        report.add("seconds", elapsed.as_secs_f64());
        report.add_rate(
            "sessions",
            open.len() as u64,
            "sessions_per_second",
            elapsed,
        );
        report.say(&format!(
            "{} idle sessions",
            report::thousands(open.len() as f64)
        ));
        if let (Some(before), Some(after)) = (before, after) {
            let grown = after.kilobytes.saturating_sub(before.kilobytes);
            let each = grown as f64 / self.count.max(1) as f64;
            let threads = after.threads.saturating_sub(before.threads);
            report.add("kb_per_session", (each * 100.0).round() / 100.0);
            report.add("threads_more", threads);
            report.say(&format!(": {each:.2} kB each, {threads} threads more"));
        } else {
            report.say("; give --pid to know what they take");
        }
        Ok(report)
    }
}

struct Size {
    kilobytes: u64,
    threads: u64,
}

impl Size {
    fn of(pid: u32) -> Result<Self, Failure> {
        Ok(Self {
            kilobytes: cost::resident_kilobytes(pid)?,
            threads: cost::threads(pid)?,
        })
    }
}
