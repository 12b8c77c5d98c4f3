//! `ami load slow`.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::Duration;

use clap::Args;

use super::Length;
use super::events::{add_outcome, say_losses};
use super::fanout::{Fanout, Outcome};
use super::report::{self, Report};
use super::session::Door;
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Slow {
    /// Sessions that read.
    #[arg(long, default_value_t = 1)]
    pub(super) healthy: usize,

    /// Sessions that do not.
    #[arg(long, default_value_t = 8)]
    pub(super) slow: usize,

    /// Events a second; with 0, as fast as the healthy follow.
    #[arg(long, default_value_t = 20_000.0)]
    pub(super) rate: f64,

    #[command(flatten)]
    pub(super) length: Length,
}

/// How long a slow session is read afterwards before it counts as not cut.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The longest packet that a switch says goodbye with, in bytes.
const MOST_WORDS: usize = 1024;

impl Slow {
    pub(super) fn run(&self, target: &Target) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        let healthy = (0..self.healthy).map(|_| door.open("user")?.into_stream());
        let healthy = healthy.collect::<Result<Vec<_>, _>>()?;
        let mut fanout = Fanout::new(door.open("off")?, healthy)?;
        let alone = self.measure(&mut fanout)?;
        let slow = (0..self.slow).map(|_| Ok(door.open("user")?.into_blocking()));
        let slow = slow.collect::<Result<Vec<_>, Failure>>()?;
        let beside = self.measure(&mut fanout)?;
        let cut: Vec<String> = slow.into_iter().filter_map(last_words).collect();
        Ok(self.report(&alone, &beside, &cut))
    }

    fn measure(&self, fanout: &mut Fanout) -> Result<Outcome, Failure> {
        if self.rate > 0.0 {
            fanout.paced(self.length, self.rate)
        } else {
            fanout.flat_out(self.length)
        }
    }

    fn report(&self, alone: &Outcome, beside: &Outcome, cut: &[String]) -> Report {
        let mut report = Report::new("slow");
        report.add("healthy", self.healthy);
        report.add("slow", self.slow);
        report.add("slow_cut", cut.len());
        report.add("slow_told", cut.first().cloned());
        report.add("seconds", beside.elapsed.as_secs_f64());
        let before = report::per_second(alone.delivered, alone.elapsed);
        report.add("alone_deliveries_per_second", before.round());
        add_outcome(&mut report, beside);
        report.say(&format!(
            "{} healthy: {} deliveries a second alone, {} beside {} slow; {} of these were cut off",
            self.healthy,
            report::thousands(before),
            report::thousands(report::per_second(beside.delivered, beside.elapsed)),
            self.slow,
            cut.len(),
        ));
        if self.rate > 0.0 {
            let alone_p99 = alone.late.value_at_quantile(0.99) as f64 / 1e3;
            report.add("alone_p99_ms", alone_p99);
            report.add_latency(&beside.late);
            report.say(&format!(
                "; alone {}; beside them {}",
                report::latency_in_words(&alone.late),
                report::latency_in_words(&beside.late)
            ));
        }
        say_losses(&mut report, beside);
        report
    }
}

/// If the switch has closed the connection, the last packet it sent: what was still under way ends then,
/// rather than stops coming.
fn last_words(stream: TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(LAST_WORDS)).ok()?;
    let mut buffer = vec![0; 256 * 1024];
    let mut tail = Vec::new();
    loop {
        match { &stream }.read(&mut buffer) {
            Ok(0) => break,
            Ok(size) => {
                tail.extend_from_slice(buffer.get(..size).unwrap_or_default());
                let surplus = tail.len().saturating_sub(MOST_WORDS);
                tail.drain(..surplus);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return None,
            Err(_) => break,
        }
    }
    let text = text::decode(&tail);
    let last = text
        .trim_end()
        .rsplit("\r\n\r\n")
        .next()
        .unwrap_or_default();
    Some(last.replace("\r\n", ", "))
}
