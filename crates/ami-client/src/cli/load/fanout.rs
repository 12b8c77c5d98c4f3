//! One session sends events, many get them.

use std::io::{ErrorKind, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::count::Needle;
use super::listeners::{Listeners, nanoseconds_since};
use super::outgoing::Outgoing;
use super::poll::{Interest, Poll};
use super::session::{self, Session};
use super::{Length, PATIENCE, traffic};
use crate::cli::failure::Failure;

/// The sender's token; listeners have theirs from 0.
const SENDER: usize = usize::MAX;

/// Requests under way at once, at most.
const OUTSTANDING: u64 = 1_000;

/// How many events the sender may be ahead of the slowest listener: enough to keep all sockets busy, and
/// less than what a switch cuts a listener off for.
const AHEAD: u64 = 5_000;

/// How long after the end a delivery may still come before it is lost.
const GRACE: Duration = Duration::from_secs(3);

/// The sessions of a measurement.
pub(super) struct Fanout {
    poll: Poll,
    sender: TcpStream,
    replies: Needle,
    buffer: Vec<u8>,
    is_writing: bool,
    pub(super) listeners: Listeners,
}

/// What became of the events.
pub(super) struct Outcome {
    pub(super) sent: u64,
    /// Deliveries while it was measured.
    pub(super) delivered: u64,
    pub(super) elapsed: Duration,
    /// Deliveries that never came.
    pub(super) lost: u64,
    /// Listeners that the switch closed.
    pub(super) cut: usize,
    /// How late events came, in microseconds; empty for a flat-out measurement.
    pub(super) late: Histogram<u64>,
}

impl Fanout {
    /// Tries the sender out first, so that a lack of permission is told in the switch's words.
    pub(super) fn new(mut sender: Session, listeners: Vec<TcpStream>) -> Result<Self, Failure> {
        let mut request = Vec::new();
        traffic::stamped(0, &mut request);
        sender.ask_bytes(&request)?;
        let poll = Poll::new()?;
        let sender = sender.into_stream()?;
        poll.add(&sender, SENDER, Interest::Read)?;
        let mut fanout = Self {
            listeners: Listeners::new(listeners, &poll)?,
            poll,
            sender,
            replies: Needle::new("Response: "),
            buffer: vec![0; 64 * 1024],
            is_writing: false,
        };
        fanout.try_out()?;
        Ok(fanout)
    }

    /// Every listener must get the one event, or there is nothing to measure.
    fn try_out(&mut self) -> Result<(), Failure> {
        let began = Instant::now();
        while self.listeners.slowest() < 1 {
            if began.elapsed() > PATIENCE {
                return Err(Failure::Load(
                    "a listener gets no events; may the user read class user?".to_owned(),
                ));
            }
            self.turn(Duration::from_millis(100), |listeners, token| {
                listeners.read(token)
            })?;
        }
        self.listeners.reset();
        Ok(())
    }

    /// Sends as fast as the slowest listener follows.
    pub(super) fn flat_out(&mut self, length: Length) -> Result<Outcome, Failure> {
        let mut request = Vec::new();
        traffic::stamped(0, &mut request);
        let mut outgoing = Outgoing::new(&request);
        let time = length.time()?;
        let mut replied = 0;
        self.listeners.reset();
        let began = Instant::now();
        while let Some(left) = time.checked_sub(began.elapsed()) {
            let slowest = self.listeners.slowest();
            if slowest >= length.count {
                break;
            }
            let most = slowest.saturating_add(AHEAD).min(replied + OUTSTANDING);
            let all = outgoing.send_up_to(most.min(length.count), &self.sender)?;
            self.want_to_write(!all)?;
            replied += self.turn(left, |listeners, token| listeners.read(token))?;
        }
        let elapsed = began.elapsed();
        let delivered = self.listeners.delivered();
        let sent = outgoing.sent();
        outgoing.send_up_to(sent, &self.sender)?;
        self.want_to_write(false)?;
        self.drain(sent, |listeners, token| listeners.read(token))?;
        Ok(self.outcome(sent, delivered, elapsed, new_histogram()?))
    }

    /// Sends so many events a second, and measures how late they come.
    pub(super) fn paced(&mut self, length: Length, rate: f64) -> Result<Outcome, Failure> {
        let interval = Duration::try_from_secs_f64(1.0 / rate)
            .map_err(|error| Failure::Usage(format!("--rate: {error}")))?;
        let time = length.time()?;
        let mut late = new_histogram()?;
        let mut pending = Vec::new();
        let mut sent = 0;
        self.listeners.reset();
        let began = Instant::now();
        while began.elapsed() < time && sent < length.count {
            let due = (began.elapsed().as_secs_f64() * rate) as u64 + 1;
            while sent < due.min(length.count) {
                traffic::stamped(nanoseconds_since(began), &mut pending);
                sent += 1;
            }
            let all = self.write(&mut pending)?;
            self.want_to_write(!all)?;
            let next = interval.mul_f64(sent as f64);
            let patience = next.saturating_sub(began.elapsed());
            self.turn(patience, |listeners, token| {
                listeners.read_late(token, began, &mut late);
            })?;
        }
        let elapsed = began.elapsed();
        self.sender.set_nonblocking(false)?;
        self.sender.write_all(&pending)?;
        self.sender.set_nonblocking(true)?;
        self.want_to_write(false)?;
        self.drain(sent, |listeners, token| {
            listeners.read_late(token, began, &mut late);
        })?;
        let delivered = self.listeners.delivered();
        Ok(self.outcome(sent, delivered, elapsed, late))
    }

    /// Waits for sockets and reads them; how many requests were answered.
    fn turn(
        &mut self,
        patience: Duration,
        mut read: impl FnMut(&mut Listeners, usize),
    ) -> Result<u64, Failure> {
        let mut replied = 0;
        for token in self.poll.wait(patience)? {
            if token == SENDER {
                let bytes = session::read_ready(&self.sender, &mut self.buffer)?;
                replied += self.replies.count(bytes);
            } else {
                read(&mut self.listeners, token);
            }
        }
        Ok(replied)
    }

    /// Takes what is still under way.
    fn drain(
        &mut self,
        sent: u64,
        mut read: impl FnMut(&mut Listeners, usize),
    ) -> Result<(), Failure> {
        let began = Instant::now();
        while self.listeners.slowest() < sent {
            let Some(left) = GRACE.checked_sub(began.elapsed()) else {
                break;
            };
            self.turn(left, &mut read)?;
        }
        Ok(())
    }

    fn outcome(
        &self,
        sent: u64,
        delivered: u64,
        elapsed: Duration,
        late: Histogram<u64>,
    ) -> Outcome {
        let expected = sent * self.listeners.len() as u64;
        Outcome {
            sent,
            delivered,
            elapsed,
            lost: expected.saturating_sub(self.listeners.delivered()),
            cut: self.listeners.cut(),
            late,
        }
    }

    fn write(&self, pending: &mut Vec<u8>) -> Result<bool, Failure> {
        while !pending.is_empty() {
            match { &self.sender }.write(pending) {
                Ok(bytes) => drop(pending.drain(..bytes)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    fn want_to_write(&mut self, wanted: bool) -> Result<(), Failure> {
        if wanted != self.is_writing {
            self.is_writing = wanted;
            let interest = if wanted {
                Interest::ReadAndWrite
            } else {
                Interest::Read
            };
            self.poll.change(&self.sender, SENDER, interest)?;
        }
        Ok(())
    }
}

/// Microseconds up to a minute, three digits of them.
fn new_histogram() -> Result<Histogram<u64>, Failure> {
    Histogram::new_with_bounds(1, 60_000_000, 3).map_err(|error| Failure::Load(error.to_string()))
}
