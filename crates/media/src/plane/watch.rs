//! Packets shown in the log, for whoever looks for a fault (`rtp set debug`).

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::report::Exchanged;
use crate::limits::SHOWN_A_SECOND;
use crate::rtcp::{Block, Sending};
use crate::rtp;
use crate::session::Statistics;

/// Whose packets are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Nobody's.
    #[default]
    Nobody,
    /// Everybody's.
    All,
    /// Those of one address.
    Host(IpAddr),
    /// Those of one address and port.
    Socket(SocketAddr),
}

/// What is shown. Nothing, at first; then it costs a packet no more than a look at a flag.
#[derive(Debug, Default)]
pub struct Watch {
    sound: Watched,
    reports: Watched,
    figures: AtomicBool,
    spent: Mutex<Spent>,
}

#[derive(Debug, Default)]
struct Watched {
    on: AtomicBool,
    whose: Mutex<Whose>,
}

/// What of this second's lines is used up.
#[derive(Debug, Default)]
struct Spent {
    since: Option<Instant>,
    shown: usize,
    left_out: usize,
}

impl Watch {
    /// Shows packets of sound.
    pub fn sound(&self, whose: Whose) {
        self.sound.set(whose);
    }

    /// Shows reports.
    pub fn reports(&self, whose: Whose) {
        self.reports.set(whose);
    }

    /// Shows what was counted of each call's sound at its end.
    pub fn figures(&self, on: bool) {
        self.figures.store(on, Ordering::Relaxed);
    }

    /// A packet of sound came or went, in the clear.
    pub(super) fn packet(&self, sent: bool, with: SocketAddr, datagram: &[u8]) {
        if self.sound.shows(with)
            && let Some((header, payload)) = rtp::parse(datagram)
        {
            let way = way(sent, "RTP packet");
            self.show(format_args!(
                "{way} {with} (type {:02}, seq {:06}, ts {:06}, len {:06})",
                header.payload_type,
                header.sequence,
                header.timestamp,
                payload.len()
            ));
        }
    }

    /// A report came or went.
    pub(super) fn report(&self, sent: bool, exchanged: &Exchanged) {
        if !self.reports.shows(exchanged.remote) {
            return;
        }
        let (what, sending) = match &exchanged.sending {
            Some(sending) => ("RTCP SR", sent_by(sending)),
            None => ("RTCP RR", String::new()),
        };
        let blocks: String = exchanged.blocks.iter().map(heard_of).collect();
        let trip = exchanged
            .round_trip
            .map(|trip| format!(", RTT {:.4} s", trip.as_secs_f64()));
        self.show(format_args!(
            "{} {} (SSRC {}{sending}{blocks}{})",
            way(sent, what),
            exchanged.remote,
            exchanged.ssrc,
            trip.unwrap_or_default()
        ));
    }

    /// A session with these figures is over.
    pub(super) fn closed(&self, local: SocketAddr, counted: &Statistics) {
        if !self.figures.load(Ordering::Relaxed) {
            return;
        }
        let side = |at: usize| {
            format!(
                "{} packets with {} octets, {} lost, jitter {:.4} s",
                counted.packets[at], counted.octets[at], counted.lost[at], counted.jitter[at]
            )
        };
        self.show(format_args!(
            "RTP at {local} is over: received {}; sent {}; RTT {:.4} s",
            side(0),
            side(1),
            counted.round_trip
        ));
    }

    /// Writes a line, but no more than so many a second: a log that is behind holds sound up.
    fn show(&self, line: std::fmt::Arguments<'_>) {
        let left_out = {
            let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
            spent.take(Instant::now())
        };
        match left_out {
            None => {}
            Some(0) => tracing::info!(target: "media", "{line}"),
            Some(more) => tracing::info!(target: "media", "({more} packets not shown)\n{line}"),
        }
    }
}

impl Watched {
    fn set(&self, whose: Whose) {
        *self.whose.lock().unwrap_or_else(PoisonError::into_inner) = whose;
        self.on.store(whose != Whose::Nobody, Ordering::Relaxed);
    }

    fn shows(&self, with: SocketAddr) -> bool {
        if !self.on.load(Ordering::Relaxed) {
            return false;
        }
        match *self.whose.lock().unwrap_or_else(PoisonError::into_inner) {
            Whose::Nobody => false,
            Whose::All => true,
            Whose::Host(host) => host == with.ip(),
            Whose::Socket(socket) => socket == with,
        }
    }
}

impl Spent {
    /// Room for a line: how many were left out since the last, or `None` where there is none.
    fn take(&mut self, now: Instant) -> Option<usize> {
        let same = |since: Instant| now.duration_since(since) < Duration::from_secs(1);
        if !self.since.is_some_and(same) {
            self.since = Some(now);
            self.shown = 0;
        }
        if self.shown >= SHOWN_A_SECOND {
            self.left_out += 1;
            return None;
        }
        self.shown += 1;
        Some(std::mem::take(&mut self.left_out))
    }
}

/// What a reporter says of what it sends.
fn sent_by(sending: &Sending) -> String {
    format!(
        ", ts {}, sent {} packets with {} octets",
        sending.timestamp, sending.packets, sending.octets
    )
}

/// What it says of a source that it hears.
fn heard_of(block: &Block) -> String {
    format!(
        "; of {} lost {} ({}/256), highest seq {}, jitter {}, LSR {}, DLSR {}",
        block.ssrc,
        block.lost,
        block.fraction_lost,
        block.highest,
        block.jitter,
        block.last_report,
        block.since_last_report
    )
}

/// `Got  RTP packet from   ` and `Sent RTP packet to     `: one under the other they are easily read.
fn way(sent: bool, what: &str) -> String {
    match sent {
        true => format!("Sent {what} to     "),
        false => format!("Got  {what} from   "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_shown_of_whom_was_asked_for() {
        let watched = Watched::default();
        let (one, two) = (([192, 0, 2, 1], 4000), ([192, 0, 2, 1], 4001));
        let (one, two) = (SocketAddr::from(one), SocketAddr::from(two));
        let shown = |whose| {
            watched.set(whose);
            [watched.shows(one), watched.shows(two)]
        };
        assert_eq!(shown(Whose::All), [true, true]);
        assert_eq!(shown(Whose::Host(one.ip())), [true, true]);
        assert_eq!(shown(Whose::Socket(one)), [true, false]);
        assert_eq!(shown(Whose::Host([192, 0, 2, 9].into())), [false, false]);
        assert_eq!(shown(Whose::Nobody), [false, false]);
    }

    #[test]
    fn a_flood_is_counted_rather_than_shown() {
        let mut spent = Spent::default();
        let now = Instant::now();
        let shown = (0..SHOWN_A_SECOND + 7).filter_map(|_| spent.take(now));
        assert_eq!(shown.count(), SHOWN_A_SECOND);
        assert_eq!(spent.take(now + Duration::from_secs(1)), Some(7));
        assert_eq!(spent.take(now + Duration::from_secs(1)), Some(0));
    }
}
