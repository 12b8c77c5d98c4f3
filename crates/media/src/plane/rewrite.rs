//! How packets of others become ours: one unbroken stream of numbers and timestamps, whoever is heard.
//!
//! Holes and disorder of the source are kept, for the far end's own jitter buffer knows best. Packets that
//! are left out (telephone events) and those that we put in (our digits) shift the numbers.

/// A stream that is relayed: the session that it comes from, and its source number there.
pub(super) type Stream = (u64, u32);

/// What goes out, once it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sent {
    /// Number of the newest packet.
    pub(super) sequence: u16,
    /// Its timestamp.
    pub(super) timestamp: u32,
}

/// The shift between a source's numbers and ours.
#[derive(Debug, Default)]
pub(super) struct Rewrite {
    stream: Option<Stream>,
    shift: u16,
    shift_timestamp: u32,
    /// The newest of the source's numbers, relayed or left out.
    newest: u16,
    /// The newest that was relayed, with the shift that it had: later ones that belong before it have it too.
    relayed: u16,
    late_shift: u16,
}

/// The header's figures of a packet to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mapped {
    pub(super) sequence: u16,
    pub(super) timestamp: u32,
    /// Whether another stream begins with it, which the marker shows.
    pub(super) first: bool,
    /// Whether it is newer than all before it.
    pub(super) newest: bool,
}

impl Rewrite {
    /// Maps a packet. `sent` is what we sent last, `ticks` the clock's ticks since then. `None` where the
    /// packet is too late for its place.
    pub(super) fn map(
        &mut self,
        stream: Stream,
        sequence: u16,
        timestamp: u32,
        sent: Sent,
        ticks: u32,
    ) -> Option<Mapped> {
        if self.stream != Some(stream) {
            let out = Mapped {
                sequence: sent.sequence.wrapping_add(1),
                timestamp: sent.timestamp.wrapping_add(ticks),
                first: true,
                newest: true,
            };
            self.stream = Some(stream);
            self.shift = out.sequence.wrapping_sub(sequence);
            self.late_shift = self.shift;
            self.shift_timestamp = out.timestamp.wrapping_sub(timestamp);
            self.newest = sequence;
            self.relayed = sequence;
            return Some(out);
        }
        let newest = is_after(sequence, self.newest);
        if newest {
            self.newest = sequence;
            self.relayed = sequence;
            self.late_shift = self.shift;
        } else if is_after(sequence, self.relayed) {
            return None;
        }
        Some(Mapped {
            sequence: sequence.wrapping_add(self.late_shift),
            timestamp: timestamp.wrapping_add(self.shift_timestamp),
            first: false,
            newest,
        })
    }

    /// A packet of the stream that is not relayed came.
    pub(super) fn skip(&mut self, stream: Stream, sequence: u16) {
        if self.stream == Some(stream) && is_after(sequence, self.newest) {
            self.newest = sequence;
            self.shift = self.shift.wrapping_sub(1);
        }
    }

    /// A packet of our own went out.
    pub(super) fn inserted(&mut self) {
        self.shift = self.shift.wrapping_add(1);
    }

    /// What comes next begins a stretch of its own.
    pub(super) fn forget(&mut self) {
        self.stream = None;
    }
}

fn is_after(sequence: u16, other: u16) -> bool {
    (sequence.wrapping_sub(other) as i16) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: Stream = (1, 0xabcd);
    const SENT: Sent = Sent {
        sequence: 500,
        timestamp: 9_000,
    };

    fn map(rewrite: &mut Rewrite, sequence: u16) -> Option<u16> {
        rewrite
            .map(STREAM, sequence, 160 * u32::from(sequence), SENT, 320)
            .map(|mapped| mapped.sequence)
    }

    #[test]
    fn holes_and_disorder_stay_as_they_are() {
        let mut rewrite = Rewrite::default();
        let first = rewrite.map(STREAM, 65_534, 1_000, SENT, 320).unwrap();
        let expected = Mapped {
            sequence: 501,
            timestamp: 9_320,
            first: true,
            newest: true,
        };
        assert_eq!(first, expected);
        assert_eq!(map(&mut rewrite, 1), Some(504));
        assert_eq!(map(&mut rewrite, 65_535), Some(502));
        let again = rewrite.map(STREAM, 2, 1_640, SENT, 0).unwrap();
        assert_eq!((again.sequence, again.timestamp), (505, 9_960));
        assert!(!again.first && again.newest);
    }

    #[test]
    fn what_is_left_out_leaves_no_hole() {
        let mut rewrite = Rewrite::default();
        assert_eq!(map(&mut rewrite, 10), Some(501));
        assert_eq!(map(&mut rewrite, 12), Some(503));
        rewrite.skip(STREAM, 13);
        rewrite.skip(STREAM, 14);
        assert_eq!(map(&mut rewrite, 11), Some(502));
        assert_eq!(map(&mut rewrite, 15), Some(504));
        assert_eq!(map(&mut rewrite, 13), Some(502), "late: where it was");
    }

    #[test]
    fn what_is_put_in_finds_its_place() {
        let mut rewrite = Rewrite::default();
        map(&mut rewrite, 10);
        for _ in 0..3 {
            rewrite.skip(STREAM, 11);
            rewrite.inserted();
        }
        assert_eq!(map(&mut rewrite, 12), Some(505));
    }

    #[test]
    fn another_stream_goes_on_behind() {
        let mut rewrite = Rewrite::default();
        map(&mut rewrite, 10);
        let other = rewrite.map((2, 7), 60_000, 5, SENT, 160).unwrap();
        assert_eq!((other.sequence, other.timestamp), (501, 9_160));
        assert!(other.first);
        rewrite.forget();
        assert!(rewrite.map((2, 7), 60_001, 5, SENT, 160).unwrap().first);
    }
}
