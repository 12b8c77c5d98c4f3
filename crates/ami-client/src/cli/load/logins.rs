//! `ami load logins`.

mod doorman;

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::Length;
use super::report::{self, Report};
use super::session::Door;
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Logins {
    /// Clients that log in at the same time.
    #[arg(long, default_value_t = 8)]
    pub(super) clients: usize,

    /// Measures afterwards what this machine carries where the other side only says ready bytes.
    #[arg(long)]
    pub(super) with_limit: bool,

    #[command(flatten)]
    pub(super) length: Length,
}

impl Logins {
    pub(super) fn run(&self, target: &Target) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        let (done, elapsed) = self.measure(&door)?;
        let mut report = Report::new("logins");
        report.add("clients", self.clients);
        report.add("seconds", elapsed.as_secs_f64());
        report.add_rate("logins", done, "logins_per_second", elapsed);
        report.say(&format!(
            "{} clients: {} logins a second",
            self.clients,
            report::thousands(report::per_second(done, elapsed))
        ));
        if self.with_limit {
            let address = doorman::start(self.clients)?;
            let (most, time) = self.measure(&door.at(address))?;
            let limit = report::per_second(most, time);
            report.add_limit(report::per_second(done, elapsed), limit);
        }
        Ok(report)
    }

    /// Logs in and off for so long: how often, and the time that it took.
    fn measure(&self, door: &Door) -> Result<(u64, Duration), Failure> {
        let time = self.length.time()?;
        let done = AtomicU64::new(0);
        let began = Instant::now();
        thread::scope(|scope| {
            let clients: Vec<_> = (0..self.clients)
                .map(|_| scope.spawn(|| self.client(door, began, time, &done)))
                .collect();
            clients.into_iter().try_for_each(|client| {
                client
                    .join()
                    .unwrap_or_else(|_| Err(Failure::Load("a client ended in panic".to_owned())))
            })
        })?;
        Ok((done.into_inner(), began.elapsed()))
    }

    fn client(
        &self,
        door: &Door,
        began: Instant,
        time: Duration,
        done: &AtomicU64,
    ) -> Result<(), Failure> {
        while began.elapsed() < time && done.load(Ordering::Relaxed) < self.length.count {
            door.open("off")?.log_off()?;
            done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}
