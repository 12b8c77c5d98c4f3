//! Facts of whoever is reached through a driver: where they are, whether they answer, who tried to get
//! in, and how their sound fares.

use std::net::SocketAddr;
use std::time::Duration;

use crate::{Text, Time};

/// A device can be reached, or cannot any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerChange {
    /// The technology, such as `PJSIP`.
    pub technology: &'static str,
    /// The device with its technology, such as `PJSIP/6001`.
    pub peer: Text,
    /// What it is now: `Reachable`, `Unreachable`, `Registered` …
    pub status: &'static str,
    /// Why, where that is known.
    pub cause: Text,
    /// Where it is, where that is known.
    pub address: Option<SocketAddr>,
    /// How long its answer took, where it was asked.
    pub round_trip: Option<Duration>,
}

/// An address under which somebody can be found changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactChange {
    /// The address.
    pub uri: Text,
    /// What it is now: `NonQualified`, `Reachable`, `Unreachable`, `Unknown`, `Updated` or `Removed`.
    pub status: &'static str,
    /// The address of record that it belongs to.
    pub aor: Text,
    /// The endpoint that has it.
    pub endpoint: Text,
    /// How long its answer took; zero where it was not asked.
    pub round_trip: Duration,
}

/// A registration of ours with somebody else changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryChange {
    /// The technology, such as `PJSIP`.
    pub technology: &'static str,
    /// Whom we register.
    pub username: Text,
    /// Where.
    pub domain: Text,
    /// What it is now: `Registered`, `Unregistered`, `Rejected` or `Failed`.
    pub status: &'static str,
    /// Why, where that is known.
    pub cause: Text,
}

/// Somebody tried to get in, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The service, such as `PJSIP`.
    pub service: &'static str,
    /// Who they claim to be.
    pub account: Text,
    /// Which of their attempts: a Call-ID, a connection's number.
    pub session: Text,
    /// How it travelled: `UDP`, `TCP`, `TLS`, `WS` or `WSS`.
    pub transport: &'static str,
    /// Our side.
    pub local: SocketAddr,
    /// Theirs.
    pub remote: SocketAddr,
    /// What came of it.
    pub what: Incident,
}

/// What came of an attempt to get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incident {
    /// They were asked to prove who they are; the challenge, empty where it is not to be told.
    Challenged(Text),
    /// They proved it.
    LetIn {
        /// Whether a secret was asked for.
        with_secret: bool,
    },
    /// Nobody of that name is known.
    UnknownAccount,
    /// The secret was wrong.
    WrongSecret,
    /// The proof was wrong.
    WrongResponse {
        /// What they were asked.
        challenge: Text,
        /// What they answered.
        response: Text,
        /// What they should have answered; empty where it is not to be told.
        expected: Text,
    },
    /// The address may not; the name of the list that says so, empty where it has none.
    RefusedAddress(Text),
    /// They came another way than they have to.
    RefusedTransport(Text),
    /// What they sent cannot be read; what it was.
    Unreadable(Text),
    /// What they asked for is not for them; what it was.
    NotAllowed(Text),
    /// What they asked for does not exist; what it was.
    NotSupported(Text),
}

/// How the sound of a channel fares, as a report of RTCP says (RFC 3550, 6.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Whether it is ours: sent rather than received.
    pub sent: bool,
    /// Where it went or came from.
    pub peer: SocketAddr,
    /// The source that reports.
    pub ssrc: u32,
    /// What it sent itself; `None` in a receiver's report.
    pub sender: Option<SenderReport>,
    /// What it says of the sources that it hears.
    pub blocks: Vec<ReportBlock>,
    /// Round trip, where a received report tells.
    pub round_trip: Option<Duration>,
}

/// What a source says of what it sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SenderReport {
    /// When, as its clock says.
    pub at: Time,
    /// The same on the clock of its sound.
    pub rtp_time: u32,
    /// Packets sent.
    pub packets: u32,
    /// Octets sent.
    pub octets: u32,
}

/// What is said of a source that is heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportBlock {
    /// The source.
    pub ssrc: u32,
    /// Part of its packets lost since the report before, in 256ths.
    pub fraction_lost: u8,
    /// Packets lost since the beginning.
    pub lost: i32,
    /// Highest sequence number that came.
    pub highest_sequence: u16,
    /// How often sequence numbers began anew.
    pub cycles: u16,
    /// Jitter, in seconds.
    pub jitter: f64,
    /// The last sender's report that came: the middle bits of its time.
    pub last_report: u32,
    /// How long ago that was, in seconds.
    pub since_last_report: f64,
}
