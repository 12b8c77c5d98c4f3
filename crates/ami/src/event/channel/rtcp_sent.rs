use crate::Event;
use crate::event::group::Channel;

/// A report on the sound of a channel was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "RTCPSent", class(reporting))]
pub struct RtcpSent<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The source that reports.
    #[event(name = "SSRC")]
    pub ssrc: &'a str,
    /// `200(SR)` of one that sends, `201(RR)` of one that does not.
    #[event(name = "PT")]
    pub kind: &'a str,
    /// Where it went.
    pub to: &'a str,
    /// How many sources it says something of.
    pub report_count: u64,
    /// When, on the clock of whoever reports.
    #[event(name = "SentNTP")]
    pub sent_ntp: Option<&'a str>,
    /// The same on the clock of its sound.
    #[event(name = "SentRTP")]
    pub sent_rtp: Option<u32>,
    /// Packets that it sent.
    pub sent_packets: Option<u32>,
    /// Octets that it sent.
    pub sent_octets: Option<u32>,
    /// What it says of each source that it hears: lines that begin with `Report0`, `Report1` and so on.
    #[event(free)]
    pub reports: &'a [(String, String)],
}
