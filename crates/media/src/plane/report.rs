//! What a plane tells.

use std::net::SocketAddr;
use std::time::Duration;

use switch::ChannelId;

use crate::rtcp::{Block, Sending};

/// Something that happened to the sound of a channel.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// The far end pressed a key.
    DigitBegin(ChannelId, char),
    /// It let go of it after so long.
    DigitEnd(ChannelId, char, Duration),
    /// The far end began to talk or fell silent, where [`switch::signal::Order::Listen`] asked for it.
    Talking(ChannelId, bool),
    /// The first packet of sound came.
    Heard(ChannelId),
    /// Nothing came for longer than was agreed.
    Lost(ChannelId),
    /// There is no sound and will be none: the far end cannot be reached, or is not who it says. Why.
    Cut(ChannelId, String),
    /// A report was sent.
    ReportSent(ChannelId, Box<Exchanged>),
    /// A report came.
    ReportReceived(ChannelId, Box<Exchanged>),
    /// A recording could not be written, or not all of it. Its number and why.
    RecordingFailed(ChannelId, u64, String),
    /// A recording is over and its file is closed, whether it went well or not.
    RecordingClosed(ChannelId, u64),
}

/// A report that went out or came in (RFC 3550, 6.4), with the figures that `RTCPSent` and `RTCPReceived`
/// show.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchanged {
    /// Our address.
    pub local: SocketAddr,
    /// Where it went or came from.
    pub remote: SocketAddr,
    /// Who reports.
    pub ssrc: u32,
    /// What the reporter says of what it sends; `None` for a receiver's report.
    pub sending: Option<Sending>,
    /// What it says of what it receives.
    pub blocks: Vec<Block>,
    /// Round trip that came out of it; `None` where it could not be told, and for what we sent.
    pub round_trip: Option<Duration>,
}

impl Exchanged {
    /// The packet's type: 200 for a sender's report, 201 for a receiver's.
    pub fn packet_type(&self) -> u8 {
        if self.sending.is_some() { 200 } else { 201 }
    }
}
