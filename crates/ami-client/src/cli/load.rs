//! `ami load`: puts load on a switch and measures what it carries.
//!
//! It runs beside the switch on the same processors, so it costs as little as it can: one loop over epoll,
//! big reads, counting marked bytes in place of parsing, nothing allocated for an event.

mod calls;
mod channels;
mod cost;
mod count;
mod events;
mod fanout;
mod limit;
mod listeners;
mod logins;
mod outgoing;
mod pings;
mod poll;
mod report;
mod session;
mod sessions;
mod slow;
mod traffic;

use std::time::Duration;

use clap::{Args, Subcommand};

use super::connection::Connection;
use super::failure::Failure;
use super::terminal::Terminal;
use cost::Cost;

/// How long an answer may take before a measurement gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prints two lines: the figures as JSON, and a sentence.
#[derive(Debug, Args)]
pub(super) struct Load {
    /// The switch's process, if it is on this machine: its memory and processor time are reported then.
    #[arg(long, global = true)]
    pid: Option<u32>,

    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Events to many listeners: deliveries a second, or how late they come.
    Events(events::Events),
    /// What this machine's loopback carries at best, for comparison.
    Limit(limit::Limit),
    /// Pings a second.
    Pings(pings::Pings),
    /// Logins a second: connect, log in, log off.
    Logins(logins::Logins),
    /// Items a second of CoreShowChannels.
    Channels(channels::Channels),
    /// Calls a second, with all their events to one session.
    Calls(calls::Calls),
    /// Memory of idle sessions that are logged in.
    Sessions(sessions::Sessions),
    /// Sessions that do not read, beside others that do.
    Slow(slow::Slow),
}

impl Load {
    pub(super) fn run(
        &self,
        connection: &Connection,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Failure> {
        session::raise_file_limit();
        let cost = Cost::start(self.pid)?;
        let mut report = match &self.kind {
            // The only one that needs no switch.
            Kind::Limit(limit) => limit.run()?,
            kind => {
                let target = connection.target()?;
                match kind {
                    Kind::Events(events) => events.run(&target)?,
                    Kind::Pings(pings) => pings.run(&target)?,
                    Kind::Logins(logins) => logins.run(&target)?,
                    Kind::Channels(channels) => channels.run(&target)?,
                    Kind::Calls(calls) => calls.run(&target)?,
                    Kind::Sessions(sessions) => sessions.run(&target, self.pid)?,
                    Kind::Slow(slow) => slow.run(&target)?,
                    Kind::Limit(limit) => limit.run()?,
                }
            }
        };
        cost.add_to(&mut report)?;
        report.print(terminal)
    }
}

/// When a measurement ends: after a time, or sooner, after a number of what it counts.
#[derive(Debug, Clone, Copy, Args)]
struct Length {
    /// How long to measure.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,

    /// Ends sooner, after so many.
    #[arg(long, default_value_t = u64::MAX, hide_default_value = true)]
    count: u64,
}

impl Length {
    fn time(&self) -> Result<Duration, Failure> {
        Duration::try_from_secs_f64(self.seconds)
            .map_err(|error| Failure::Usage(format!("--seconds: {error}")))
    }
}
