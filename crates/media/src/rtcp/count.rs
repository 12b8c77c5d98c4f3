//! What is counted of packets that come.

use std::time::Duration;

use super::Block;

/// Sequence numbers ahead of the highest that are believed at once (RFC 3550, A.1).
const MAX_DROPOUT: u16 = 3_000;
/// Sequence numbers behind it that count as late.
const MAX_MISORDER: u16 = 100;

/// The numbers of one source.
#[derive(Debug, Clone, Default)]
pub struct Received {
    started: bool,
    base: u16,
    /// Packets that had come before `base`.
    base_packets: u64,
    cycles: u32,
    highest: u16,
    /// The number that would show that the sender began anew.
    bad: Option<u16>,
    packets: u64,
    octets: u64,
    /// Expected and received at the last report.
    before: (u64, u64),
    /// Lost before the sender began anew.
    lost_before: u64,
    transit: Option<i64>,
    /// Sixteen times the jitter, in ticks of the clock.
    jitter: i64,
}

impl Received {
    /// Counts a packet: its number, its timestamp and the octets of its payload, its clock's rate, and when it
    /// came. Returns false where the number is so far off that the packet is not believed yet.
    pub fn count(
        &mut self,
        sequence: u16,
        timestamp: u32,
        octets: usize,
        rate: u32,
        now: Duration,
    ) -> bool {
        if !self.place(sequence) {
            return false;
        }
        self.packets += 1;
        self.octets += octets as u64;
        let arrival = (now.as_micros() * u128::from(rate) / 1_000_000) as u32;
        let transit = i64::from(arrival.wrapping_sub(timestamp) as i32);
        if let Some(before) = self.transit.replace(transit) {
            // Beyond a second it is another stretch of sound, not jitter.
            let difference = (transit - before).abs();
            if difference < i64::from(rate) {
                self.jitter += difference - ((self.jitter + 8) >> 4);
            }
        }
        true
    }

    fn place(&mut self, sequence: u16) -> bool {
        if !self.started {
            self.begin(sequence);
            return true;
        }
        let ahead = sequence.wrapping_sub(self.highest);
        if ahead < MAX_DROPOUT {
            if sequence < self.highest {
                self.cycles = self.cycles.wrapping_add(1 << 16);
            }
            self.highest = sequence;
        } else if ahead <= u16::MAX - MAX_MISORDER {
            if self.bad != Some(sequence) {
                self.bad = Some(sequence.wrapping_add(1));
                return false;
            }
            // Two in a row: the sender began anew without saying so.
            self.lost_before = self.lost();
            self.begin(sequence);
        }
        true
    }

    fn begin(&mut self, sequence: u16) {
        self.started = true;
        self.base = sequence;
        self.base_packets = self.packets;
        self.cycles = 0;
        self.highest = sequence;
        self.bad = None;
        self.transit = None;
        self.before = (0, self.packets);
    }

    /// Whether anything came.
    pub fn is_started(&self) -> bool {
        self.started
    }

    /// Packets that came.
    pub fn packets(&self) -> u64 {
        self.packets
    }

    /// Octets of payload that came.
    pub fn octets(&self) -> u64 {
        self.octets
    }

    /// Packets that did not come. Those that came twice are set against them.
    pub fn lost(&self) -> u64 {
        let received = self.packets - self.base_packets;
        self.lost_before + self.expected().saturating_sub(received)
    }

    /// The jitter in ticks of the clock.
    pub fn jitter(&self) -> u32 {
        (self.jitter >> 4) as u32
    }

    /// The highest number so far, with the times that it wrapped in its upper half.
    pub fn highest(&self) -> u32 {
        self.cycles.wrapping_add(u32::from(self.highest))
    }

    /// The block of the next report about this source. The share of lost packets is that since the last call.
    pub fn block(&mut self, ssrc: u32, last_report: u32, since_last_report: Duration) -> Block {
        let expected = self.expected();
        let (expected_before, packets_before) = self.before;
        self.before = (expected, self.packets);
        let expected_since = expected.saturating_sub(expected_before);
        let lost_since = expected_since.saturating_sub(self.packets - packets_before);
        Block {
            ssrc,
            fraction_lost: (lost_since * 256)
                .checked_div(expected_since)
                .unwrap_or(0)
                .min(255) as u8,
            lost: self.lost().min(0x7f_ffff) as u32,
            highest: self.highest(),
            jitter: self.jitter(),
            last_report,
            since_last_report: if last_report == 0 {
                0
            } else {
                (since_last_report.as_micros() * 65_536 / 1_000_000) as u32
            },
        }
    }

    fn expected(&self) -> u64 {
        if !self.started {
            return 0;
        }
        u64::from(self.highest().wrapping_sub(u32::from(self.base))) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(received: &mut Received, sequence: u16, late: u64) -> bool {
        let at = Duration::from_millis(1_000 + 20 * u64::from(sequence) + late);
        received.count(sequence, 160 * u32::from(sequence), 160, 8_000, at)
    }

    #[test]
    fn losses_are_counted_and_shares_are_of_the_last_interval() {
        let mut received = Received::default();
        for sequence in (0..100).filter(|n| n % 4 != 3) {
            take(&mut received, sequence, 0);
        }
        // The last one, 99, is not known to be missing yet.
        assert_eq!(received.lost(), 24);
        let block = received.block(7, 0, Duration::ZERO);
        assert_eq!(
            (block.fraction_lost, block.lost, block.highest),
            (62, 24, 98)
        );
        for sequence in 99..200 {
            take(&mut received, sequence, 0);
        }
        let block = received.block(7, 9, Duration::from_secs(1));
        assert_eq!((block.fraction_lost, block.lost), (0, 24));
        assert_eq!(block.since_last_report, 65_536);
        assert_eq!((received.packets(), received.octets()), (176, 176 * 160));
    }

    #[test]
    fn numbers_wrap_and_late_ones_count() {
        let mut received = Received::default();
        for sequence in [65_533, 65_535, 1, 0, 65_534, 2] {
            assert!(take(&mut received, sequence, 0));
        }
        assert_eq!(received.highest(), (1 << 16) + 2);
        assert_eq!(received.lost(), 0);
    }

    #[test]
    fn a_sender_that_begins_anew_is_believed_at_the_second_packet() {
        let mut received = Received::default();
        for sequence in [1, 2, 4] {
            take(&mut received, sequence, 0);
        }
        assert!(!take(&mut received, 40_000, 0));
        assert!(take(&mut received, 40_001, 0));
        assert!(take(&mut received, 40_003, 0));
        assert_eq!(received.lost(), 2);
        assert_eq!(received.highest(), 40_003);
    }

    #[test]
    fn jitter_follows_the_delays() {
        let mut even = Received::default();
        let mut uneven = Received::default();
        for sequence in 0..500 {
            take(&mut even, sequence, 50);
            take(&mut uneven, sequence, 10 * u64::from(sequence % 2));
        }
        assert_eq!(even.jitter(), 0);
        // Each packet is 10 ms, or 80 ticks, off the one before.
        assert!((75..=85).contains(&uneven.jitter()), "{}", uneven.jitter());
    }
}
