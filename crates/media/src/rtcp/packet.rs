//! Compound packets, read and written.

use rtcp_types::prelude::*;
use rtcp_types::{
    Bye, Compound, Packet, ReceiverReport, ReportBlock, Sdes, SdesChunk, SdesItem, SenderReport,
};

use crate::limits;

/// What is said of one source (RFC 3550, 6.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Block {
    /// The source.
    pub ssrc: u32,
    /// Share of packets lost since the report before, in 256ths.
    pub fraction_lost: u8,
    /// Packets lost in all.
    pub lost: u32,
    /// The highest sequence number, how often it wrapped in the upper half.
    pub highest: u32,
    /// Jitter, in ticks of the source's clock.
    pub jitter: u32,
    /// The middle 32 bits of the NTP time of that source's last report; 0 for none.
    pub last_report: u32,
    /// How long ago that was, in 65536ths of a second.
    pub since_last_report: u32,
}

/// What a sender says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sending {
    /// Its clock, as NTP counts.
    pub ntp: u64,
    /// The same moment by the clock of its timestamps.
    pub timestamp: u32,
    /// Packets that it sent.
    pub packets: u32,
    /// Octets of payload that it sent.
    pub octets: u32,
}

/// A sender's (with `sending`) or a receiver's report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Who reports.
    pub ssrc: u32,
    /// What it says of what it sends.
    pub sending: Option<Sending>,
    /// What it says of what it receives.
    pub blocks: Vec<Block>,
}

/// What a compound packet had that we look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// Its report.
    pub report: Option<Report>,
    /// Whether a source said that it leaves.
    pub bye: bool,
}

/// Reads a compound packet; `None` where it is none.
pub fn parse(datagram: &[u8]) -> Option<Parsed> {
    let mut parsed = Parsed::default();
    for packet in Compound::parse(datagram).ok()? {
        match packet.ok()? {
            Packet::Sr(report) => {
                parsed.report = Some(Report {
                    ssrc: report.ssrc(),
                    sending: Some(Sending {
                        ntp: report.ntp_timestamp(),
                        timestamp: report.rtp_timestamp(),
                        packets: report.packet_count(),
                        octets: report.octet_count(),
                    }),
                    blocks: blocks(report.report_blocks()),
                });
            }
            Packet::Rr(report) => {
                parsed.report = Some(Report {
                    ssrc: report.ssrc(),
                    sending: None,
                    blocks: blocks(report.report_blocks()),
                });
            }
            Packet::Bye(_) => parsed.bye = true,
            _ => {}
        }
    }
    Some(parsed)
}

fn blocks<'a>(blocks: impl Iterator<Item = ReportBlock<'a>>) -> Vec<Block> {
    blocks
        .take(limits::REPORT_BLOCKS)
        .map(|block| Block {
            ssrc: block.ssrc(),
            fraction_lost: block.fraction_lost(),
            lost: block.cumulative_lost(),
            highest: block.extended_sequence_number(),
            jitter: block.interarrival_jitter(),
            last_report: block.last_sender_report_timestamp(),
            since_last_report: block.delay_since_last_sender_report_timestamp(),
        })
        .collect()
}

/// Writes a compound packet: the report, the canonical name that RFC 3550 (6.1) wants with each, and a
/// farewell. `None` where it does not fit into a datagram.
pub fn write(report: &Report, name: &str, bye: bool) -> Option<Vec<u8>> {
    let chunk = SdesChunk::builder(report.ssrc).add_item(SdesItem::builder(SdesItem::CNAME, name));
    let sdes = Sdes::builder().add_chunk(chunk);
    let built = report.blocks.iter().map(|block| {
        ReportBlock::builder(block.ssrc)
            .fraction_lost(block.fraction_lost)
            .cumulative_lost(block.lost)
            .extended_sequence_number(block.highest)
            .interarrival_jitter(block.jitter)
            .last_sender_report_timestamp(block.last_report)
            .delay_since_last_sender_report_timestamp(block.since_last_report)
    });
    let mut compound = Compound::builder();
    compound = match report.sending {
        Some(sending) => compound.add_packet(
            built.fold(
                SenderReport::builder(report.ssrc)
                    .ntp_timestamp(sending.ntp)
                    .rtp_timestamp(sending.timestamp)
                    .packet_count(sending.packets)
                    .octet_count(sending.octets),
                |all, block| all.add_report_block(block),
            ),
        ),
        None => compound.add_packet(
            built.fold(ReceiverReport::builder(report.ssrc), |all, block| {
                all.add_report_block(block)
            }),
        ),
    };
    compound = compound.add_packet(sdes);
    if bye {
        compound = compound.add_packet(Bye::builder().add_source(report.ssrc));
    }
    let mut out = vec![0; compound.calculate_size().ok()?];
    let written = compound.write_into(&mut out).ok()?;
    out.truncate(written);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let block = Block {
            ssrc: 2,
            fraction_lost: 3,
            lost: 4,
            highest: 0x5_0006,
            jitter: 7,
            last_report: 8,
            since_last_report: 9,
        };
        let sending = Sending {
            ntp: 0x1234_5678_9abc_def0,
            timestamp: 10,
            packets: 11,
            octets: 12,
        };
        for (sending, bye) in [(Some(sending), false), (None, true)] {
            let report = Report {
                ssrc: 1,
                sending,
                blocks: vec![block],
            };
            let bytes = write(&report, "x@y", bye).unwrap();
            let parsed = parse(&bytes).unwrap();
            assert_eq!(parsed.report, Some(report));
            assert_eq!(parsed.bye, bye);
            for cut in 0..bytes.len() {
                parse(&bytes[..cut]);
            }
        }
        assert_eq!(parse(b"nothing of the kind"), None);
    }
}
