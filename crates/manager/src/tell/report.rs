//! Reports on the sound of channels (RTCP).

use ami::event::channel::{RtcpReceived, RtcpSent};
use switch::Snapshot;
use switch::fact::{Fact, Report, ReportBlock};

use super::group;
use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    if let Fact::Reported { channel, report } = fact {
        write(channel, report, out);
    }
}

fn write(channel: &Snapshot, report: &Report, out: &mut Rendered) {
    let channel = group::channel(channel);
    let ssrc = hexadecimal(report.ssrc);
    let kind = match report.sender {
        Some(_) => "200(SR)",
        None => "201(RR)",
    };
    let peer = report.peer.to_string();
    let blocks = report.blocks.iter().enumerate();
    let reports: Vec<_> = blocks.flat_map(|(at, block)| lines(at, block)).collect();
    let report_count = u64::try_from(report.blocks.len()).unwrap_or_default();
    let sent_ntp = report.sender.map(|sender| {
        let (seconds, micros) = (sender.at.0 / 1_000_000, sender.at.0 % 1_000_000);
        format!("{seconds}.{micros:06}")
    });
    let sent_ntp = sent_ntp.as_deref();
    let sent_rtp = report.sender.map(|sender| sender.rtp_time);
    let sent_packets = report.sender.map(|sender| sender.packets);
    let sent_octets = report.sender.map(|sender| sender.octets);
    if report.sent {
        out.event(&RtcpSent {
            channel,
            ssrc: &ssrc,
            kind,
            to: &peer,
            report_count,
            sent_ntp,
            sent_rtp,
            sent_packets,
            sent_octets,
            reports: &reports,
        });
    } else {
        let round_trip = report.round_trip;
        let round_trip = round_trip.map(|span| format!("{:.4}", span.as_secs_f64()));
        out.event(&RtcpReceived {
            channel,
            ssrc: &ssrc,
            kind,
            from: &peer,
            round_trip: round_trip.as_deref(),
            report_count,
            sent_ntp,
            sent_rtp,
            sent_packets,
            sent_octets,
            reports: &reports,
        });
    }
}

fn lines(at: usize, block: &ReportBlock) -> [(String, String); 8] {
    [
        ("SourceSSRC", hexadecimal(block.ssrc)),
        ("FractionLost", block.fraction_lost.to_string()),
        ("CumulativeLost", block.lost.to_string()),
        ("HighestSequence", block.highest_sequence.to_string()),
        ("SequenceNumberCycles", block.cycles.to_string()),
        ("IAJitter", format!("{:.4}", block.jitter)),
        ("LSR", block.last_report.to_string()),
        ("DLSR", format!("{:.4}", block.since_last_report)),
    ]
    .map(|(key, value)| (format!("Report{at}{key}"), value))
}

fn hexadecimal(source: u32) -> String {
    format!("0x{source:08x}")
}
