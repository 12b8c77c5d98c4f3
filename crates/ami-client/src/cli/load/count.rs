//! Counting in a stream of bytes without parsing it.

use hdrhistogram::Histogram;
use memchr::memmem::Finder;

use super::traffic::{MARK, STAMP_DIGITS};

/// How often [`MARK`] is in the bytes. A single byte cannot be cut in two by the network.
pub(super) fn marks(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(MARK, bytes).count() as u64
}

/// Counts a text that no two places of which overlap, wherever reads cut it.
#[derive(Debug)]
pub(super) struct Needle {
    finder: Finder<'static>,
    /// The last bytes of what was read, one fewer than the needle has.
    tail: Vec<u8>,
}

impl Needle {
    pub(super) fn new(needle: &'static str) -> Self {
        Self {
            finder: Finder::new(needle),
            tail: Vec::with_capacity(2 * needle.len()),
        }
    }

    pub(super) fn count(&mut self, bytes: &[u8]) -> u64 {
        let keep = self.finder.needle().len() - 1;
        let seam = bytes.len().min(keep);
        self.tail
            .extend_from_slice(bytes.get(..seam).unwrap_or_default());
        let across = self.finder.find_iter(&self.tail).count();
        let inside = self.finder.find_iter(bytes).count();
        if bytes.len() >= keep {
            self.tail.clear();
            let from = bytes.len() - keep;
            self.tail
                .extend_from_slice(bytes.get(from..).unwrap_or_default());
        } else {
            let surplus = self.tail.len().saturating_sub(keep);
            self.tail.drain(..surplus);
        }
        (across + inside) as u64
    }
}

/// Reads the time stamps of events, wherever reads cut them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stamps {
    digits_left: usize,
    value: u64,
}

impl Stamps {
    /// Notes how long ago the stamps in `bytes` were made, in microseconds; how many there were.
    ///
    /// `now` and the stamps are nanoseconds since the measurement began.
    pub(super) fn read(&mut self, mut bytes: &[u8], now: u64, late: &mut Histogram<u64>) -> u64 {
        let mut stamps = 0;
        loop {
            while self.digits_left > 0 {
                let Some((digit, rest)) = bytes.split_first() else {
                    return stamps;
                };
                bytes = rest;
                self.value = self.value * 10 + u64::from(digit.wrapping_sub(b'0') % 10);
                self.digits_left -= 1;
                if self.digits_left == 0 {
                    late.saturating_record(now.saturating_sub(self.value) / 1_000);
                    stamps += 1;
                }
            }
            let mark = memchr::memchr(MARK, bytes);
            let Some(rest) = mark.and_then(|at| bytes.get(at + 1..)) else {
                return stamps;
            };
            bytes = rest;
            self.digits_left = STAMP_DIGITS;
            self.value = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::load::traffic;

    #[test]
    fn a_needle_is_found_wherever_it_is_cut() {
        let text = b"Event: Hangup\r\nx\r\n\r\nEvent: HangupRequest\r\n\r\nEvent: Hangup\r\n";
        for size in 1..text.len() {
            let mut needle = Needle::new("Event: Hangup\r\n");
            let found: u64 = text.chunks(size).map(|piece| needle.count(piece)).sum();
            assert_eq!(found, 2, "pieces of {size}");
        }
    }

    #[test]
    fn stamps_are_read_wherever_they_are_cut() {
        let mut text = Vec::new();
        traffic::stamped(3_500_000, &mut text);
        traffic::stamped(3_000_000, &mut text);
        for size in 1..text.len() {
            let mut late = Histogram::new_with_bounds(1, 10_000, 3).unwrap();
            let mut stamps = Stamps::default();
            let read: u64 = text
                .chunks(size)
                .map(|piece| stamps.read(piece, 4_000_000, &mut late))
                .sum();
            assert_eq!(read, 2);
            assert_eq!((late.min(), late.max()), (500, 1_000), "pieces of {size}");
        }
    }
}
