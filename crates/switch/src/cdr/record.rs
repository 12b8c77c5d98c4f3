//! Call detail records, made of the facts.

use crate::{AmaFlags, Text, Time};

/// A complete call detail record.
#[derive(Debug, Clone)]
pub struct Cdr {
    /// Account that the call is billed to.
    pub account: Text,
    /// The caller's number.
    pub source: Text,
    /// The extension that was called.
    pub destination: Text,
    /// Its context.
    pub context: Text,
    /// The caller id as `"Name" <number>`.
    pub caller: Text,
    /// The calling channel.
    pub channel: Text,
    /// The called channel; empty where there is none.
    pub peer: Text,
    /// The last application that ran on the calling channel.
    pub application: Text,
    /// Its arguments.
    pub data: Text,
    /// When the record began.
    pub start: Time,
    /// When the call was answered.
    pub answer: Option<Time>,
    /// When the record ended.
    pub end: Time,
    /// How the call ended.
    pub disposition: Disposition,
    /// How records flag the call.
    pub ama_flags: AmaFlags,
    /// The calling channel's unique id.
    pub uniqueid: Text,
    /// Its linked id.
    pub linkedid: Text,
    /// The called channel's account.
    pub peer_account: Text,
    /// Free field.
    pub userfield: Text,
    /// Number of the record among all since the start.
    pub sequence: u64,
    /// Variables that the dialplan added with `CDR(name)`.
    pub variables: Vec<(Text, Text)>,
    /// Whether seconds are rounded up.
    pub round_up: bool,
}

impl Cdr {
    /// Whole seconds from start to end.
    pub fn duration(&self) -> u64 {
        self.seconds(self.start)
    }

    /// Whole seconds from answer to end; 0 for a call that was not answered.
    pub fn billable(&self) -> u64 {
        self.answer.map_or(0, |answer| self.seconds(answer))
    }

    fn seconds(&self, from: Time) -> u64 {
        let span = self.end.since(from);
        span.as_secs() + u64::from(self.round_up && span.subsec_nanos() > 0)
    }
}

/// How a call ended, with the words of `Disposition`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It was answered.
    Answered,
    /// Nobody answered.
    NoAnswer,
    /// The called party was busy.
    Busy,
    /// It could not be put through.
    Failed,
    /// There was no circuit.
    Congestion,
}

impl Disposition {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Disposition::Answered => "ANSWERED",
            Disposition::NoAnswer => "NO ANSWER",
            Disposition::Busy => "BUSY",
            Disposition::Failed => "FAILED",
            Disposition::Congestion => "CONGESTION",
        }
    }
}

/// What the configuration says of records (cdr.conf).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether records are kept at all.
    pub enabled: bool,
    /// Whether calls that nobody answered and that reached nobody are told.
    pub unanswered: bool,
    /// Whether congestion is told apart from failure.
    pub congestion: bool,
    /// Whether a record ends before the `h` extension runs.
    pub end_before_h: bool,
    /// Whether seconds are rounded up.
    pub round_up: bool,
}
