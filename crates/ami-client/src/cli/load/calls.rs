//! `ami load calls`.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use ami::Action;
use ami::action::channel::Originate;
use clap::Args;

use super::count::Needle;
use super::outgoing::Outgoing;
use super::poll::{Interest, Poll};
use super::report::{self, Report};
use super::session::{self, Door};
use super::{Length, PATIENCE};
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Calls {
    /// Calls under way at once.
    #[arg(long, default_value_t = 64)]
    pub(super) outstanding: u64,

    /// The channel to call: its extension answers and hangs up.
    #[arg(long, default_value = "Local/quick@load")]
    pub(super) channel: String,

    /// Hangup events that each call ends in; a Local call has two halves.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) hangups: u64,

    #[command(flatten)]
    pub(super) length: Length,
}

const CALLER: usize = 0;
const WATCHER: usize = 1;

/// What the two sessions of a measurement have seen.
struct Seen {
    calls: u64,
    events: u64,
    bytes: u64,
    elapsed: Duration,
}

impl Calls {
    pub(super) fn run(&self, target: &Target) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        let watcher = door.open("on")?.into_stream()?;
        let caller = door.open("off")?.into_stream()?;
        let seen = self.measure(&caller, &watcher)?;
        let mut report = Report::new("calls");
        report.add("outstanding", self.outstanding);
        report.add("seconds", seen.elapsed.as_secs_f64());
        report.add_rate("calls", seen.calls, "calls_per_second", seen.elapsed);
        report.add_rate("events", seen.events, "events_per_second", seen.elapsed);
        report.add("event_bytes", seen.bytes);
        report.say(&format!(
            "{} outstanding: {} calls a second, {} events with them",
            self.outstanding,
            report::thousands(report::per_second(seen.calls, seen.elapsed)),
            report::thousands(report::per_second(seen.events, seen.elapsed))
        ));
        Ok(report)
    }

    fn measure(&self, caller: &TcpStream, watcher: &TcpStream) -> Result<Seen, Failure> {
        let mut poll = Poll::new()?;
        poll.add(caller, CALLER, Interest::Read)?;
        poll.add(watcher, WATCHER, Interest::Read)?;
        let time = self.length.time()?;
        let mut outgoing = Outgoing::new(&self.request());
        let mut refusals = Needle::new("Response: Error");
        let mut hangups = Needle::new("Event: Hangup\r\n");
        let mut events = Needle::new("\r\n\r\n");
        let mut hung_up = 0;
        let mut seen = Seen {
            calls: 0,
            events: 0,
            bytes: 0,
            elapsed: Duration::ZERO,
        };
        let mut buffer = vec![0; 256 * 1024];
        let began = Instant::now();
        let mut progress = began;
        while began.elapsed() < time && seen.calls < self.length.count {
            outgoing.send_up_to(seen.calls + self.outstanding, caller)?;
            for token in poll.wait(Duration::from_millis(100))? {
                if token == CALLER {
                    let bytes = session::read_ready(caller, &mut buffer)?;
                    if refusals.count(bytes) > 0 {
                        return Err(refused(bytes));
                    }
                    continue;
                }
                let bytes = session::read_ready(watcher, &mut buffer)?;
                seen.bytes += bytes.len() as u64;
                seen.events += events.count(bytes);
                hung_up += hangups.count(bytes);
            }
            if hung_up / self.hangups > seen.calls {
                seen.calls = hung_up / self.hangups;
                progress = Instant::now();
            } else if progress.elapsed() > PATIENCE {
                return Err(Failure::Load(format!(
                    "no call ends; does {} answer and hang up, and may the user read class call?",
                    self.channel
                )));
            }
        }
        seen.elapsed = began.elapsed();
        Ok(seen)
    }

    fn request(&self) -> Vec<u8> {
        let call = Originate {
            channel: self.channel.clone(),
            application: "Wait".to_owned(),
            data: "60".to_owned(),
            r#async: "true".to_owned(),
            ..Originate::default()
        };
        let mut request = Vec::new();
        call.to_packet().write(&mut request);
        request
    }
}

fn refused(bytes: &[u8]) -> Failure {
    let text = text::decode(bytes);
    let (_, after) = text.split_once("Response: Error").unwrap_or_default();
    let message = after
        .lines()
        .find_map(|line| line.strip_prefix("Message: "));
    Failure::Load(format!(
        "the switch refused a call: {}",
        message.unwrap_or("it does not say why")
    ))
}
