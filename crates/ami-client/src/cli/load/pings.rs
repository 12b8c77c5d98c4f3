//! `ami load pings`.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use clap::Args;

use super::count;
use super::outgoing::Outgoing;
use super::poll::{Interest, Poll};
use super::report::{self, Report};
use super::session::{self, Door};
use super::{Length, PATIENCE};
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Pings {
    /// Sessions that ping.
    #[arg(long, default_value_t = 1)]
    pub(super) connections: usize,

    /// Pings under way at once on each.
    #[arg(long, default_value_t = 64)]
    pub(super) outstanding: u64,

    #[command(flatten)]
    pub(super) length: Length,
}

/// The answer repeats the ActionID, so each holds the mark once.
const REQUEST: &[u8] = b"Action: Ping\r\nActionID: ~\r\n\r\n";

struct Pinger {
    stream: TcpStream,
    outgoing: Outgoing,
    answered: u64,
}

impl Pings {
    pub(super) fn run(&self, target: &Target) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        let mut poll = Poll::new()?;
        let mut pingers = Vec::with_capacity(self.connections);
        for token in 0..self.connections {
            let stream = door.open("off")?.into_stream()?;
            poll.add(&stream, token, Interest::Read)?;
            pingers.push(Pinger {
                stream,
                outgoing: Outgoing::new(REQUEST),
                answered: 0,
            });
        }
        let (answered, elapsed) = self.measure(&mut poll, &mut pingers)?;
        let mut report = Report::new("pings");
        report.add("connections", self.connections);
        report.add("outstanding", self.outstanding);
        report.add("seconds", elapsed.as_secs_f64());
        report.add_rate("pings", answered, "pings_per_second", elapsed);
        report.say(&format!(
            "{} connections, {} outstanding: {} pings a second",
            self.connections,
            self.outstanding,
            report::thousands(report::per_second(answered, elapsed))
        ));
        Ok(report)
    }

    fn measure(&self, poll: &mut Poll, pingers: &mut [Pinger]) -> Result<(u64, Duration), Failure> {
        let time = self.length.time()?;
        let mut buffer = vec![0; 64 * 1024];
        let mut answered = 0;
        let began = Instant::now();
        for pinger in pingers.iter_mut() {
            pinger.ask(self.outstanding)?;
        }
        while let Some(left) = time.checked_sub(began.elapsed()) {
            if answered >= self.length.count {
                break;
            }
            let before = answered;
            for token in poll.wait(left.min(PATIENCE))? {
                if let Some(pinger) = pingers.get_mut(token) {
                    let bytes = session::read_ready(&pinger.stream, &mut buffer)?;
                    let pongs = count::marks(bytes);
                    pinger.answered += pongs;
                    answered += pongs;
                    pinger.ask(self.outstanding)?;
                }
            }
            if answered == before && left > PATIENCE {
                return Err(Failure::Load("the switch answers no pings".to_owned()));
            }
        }
        Ok((answered, began.elapsed()))
    }
}

impl Pinger {
    /// What the socket does not take now it takes after the next answers.
    fn ask(&mut self, outstanding: u64) -> Result<(), Failure> {
        self.outgoing
            .send_up_to(self.answered + outstanding, &self.stream)?;
        Ok(())
    }
}
