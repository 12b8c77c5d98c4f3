//! The bytes of one view that somebody has still to read.

use std::collections::VecDeque;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use slab::Slab;

use crate::limits;

/// Chunks in order, each with the events of one batch, and where each reader is.
///
/// Positions count bytes from the view's beginning and always lie between two chunks. A chunk is let go
/// when the last reader is past it; a reader that falls [`limits::MAX_BEHIND`] bytes behind is cut, so it
/// does not hold it longer than that.
#[derive(Debug, Default)]
pub(super) struct Ring {
    chunks: VecDeque<Chunk>,
    head: u64,
    /// Events ever published here.
    events: u64,
    readers: Slab<Reader>,
}

#[derive(Debug)]
struct Chunk {
    bytes: Bytes,
    /// The position behind it.
    end: u64,
    /// The number of events published up to its end.
    events: u64,
}

#[derive(Debug)]
struct Reader {
    at: u64,
    /// The number of events published up to `at`.
    events: u64,
    /// When it last took something.
    took: Instant,
    cut: bool,
    waker: Option<Waker>,
    /// The waker is for being cut alone: the reader waits for its socket and not for events.
    only_cut: bool,
}

/// What [`Ring::take`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// All there was up to the head given.
    All,
    /// As much as was asked for; there is more.
    Some,
    /// Nothing: the reader was cut.
    Cut,
}

/// How many events a reader that was cut never got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missed(pub(crate) u64);

impl Ring {
    /// A new reader, who reads from here on.
    pub(super) fn join(&mut self) -> usize {
        let (at, events) = (self.head, self.events);
        let took = Instant::now();
        let reader = Reader {
            at,
            events,
            took,
            cut: false,
            waker: None,
            only_cut: false,
        };
        self.readers.insert(reader)
    }

    /// Takes a reader away: whether it was the last.
    pub(super) fn leave(&mut self, key: usize) -> bool {
        self.readers.try_remove(key);
        self.let_go();
        self.readers.is_empty()
    }

    /// The position behind the newest chunk.
    pub(super) fn head(&self) -> u64 {
        self.head
    }

    /// Adds a chunk; whoever is to be woken is added to `woken`.
    pub(super) fn push(&mut self, bytes: Bytes, events: usize, woken: &mut Vec<Waker>) {
        self.head += bytes.len() as u64;
        self.events += events as u64;
        self.chunks.push_back(Chunk {
            bytes,
            end: self.head,
            events: self.events,
        });
        let mut cut = false;
        for (_, reader) in &mut self.readers {
            if self.head - reader.at > limits::MAX_BEHIND && !reader.cut {
                reader.cut = true;
                cut = true;
            }
            if reader.cut || !reader.only_cut {
                woken.extend(reader.waker.take());
            }
        }
        if cut {
            self.let_go();
        }
    }

    /// Gives a reader what lies before `head`, chunk by chunk, until it has `most` bytes or more.
    pub(super) fn take(
        &mut self,
        key: usize,
        head: u64,
        most: usize,
        into: &mut impl Extend<Bytes>,
    ) -> Taken {
        let Some(reader) = self.readers.get_mut(key).filter(|reader| !reader.cut) else {
            return Taken::Cut;
        };
        let from = self.chunks.partition_point(|chunk| chunk.end <= reader.at);
        let was_oldest = from == 0 && !self.chunks.is_empty();
        let mut bytes = 0;
        for chunk in self
            .chunks
            .range(from..)
            .take_while(|chunk| chunk.end <= head)
        {
            if bytes >= most {
                break;
            }
            bytes += chunk.bytes.len();
            into.extend([chunk.bytes.clone()]);
            (reader.at, reader.events) = (chunk.end, chunk.events);
        }
        if bytes > 0 {
            reader.took = Instant::now();
        }
        let more = reader.at < head.min(self.head);
        if was_oldest && bytes > 0 {
            self.let_go();
        }
        if more { Taken::Some } else { Taken::All }
    }

    /// Whether a reader has something to learn; if not, `waker` is kept for when it has: when it is cut,
    /// and, unless `only_cut`, when there is something to read.
    pub(super) fn ready(&mut self, key: usize, waker: &Waker, only_cut: bool) -> bool {
        let Some(reader) = self.readers.get_mut(key) else {
            return true;
        };
        if reader.cut || (reader.at < self.head && !only_cut) {
            return true;
        }
        reader.only_cut = only_cut;
        if !reader
            .waker
            .as_ref()
            .is_some_and(|known| known.will_wake(waker))
        {
            reader.waker = Some(waker.clone());
        }
        false
    }

    /// What a reader that was cut has missed.
    pub(super) fn missed(&self, key: usize) -> Option<Missed> {
        let reader = self.readers.get(key).filter(|reader| reader.cut)?;
        Some(Missed(self.events - reader.events))
    }

    /// Whether a reader that reads as fast as it can is far behind all the same.
    pub(super) fn is_pressed(&self, now: Instant) -> bool {
        self.readers.iter().any(|(_, reader)| {
            !reader.cut
                && self.head - reader.at > limits::PRESSED
                && now.saturating_duration_since(reader.took) < limits::LIVELY
        })
    }

    /// Bytes that are kept for readers.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.bytes.len()).sum()
    }

    /// Drops the chunks that no reader needs.
    fn let_go(&mut self) {
        let reading = self.readers.iter().filter(|(_, reader)| !reader.cut);
        let oldest = reading
            .map(|(_, reader)| reader.at)
            .min()
            .unwrap_or(self.head);
        while self.chunks.front().is_some_and(|chunk| chunk.end <= oldest) {
            self.chunks.pop_front();
        }
        if self.chunks.is_empty() {
            self.chunks = VecDeque::new();
        }
    }
}
