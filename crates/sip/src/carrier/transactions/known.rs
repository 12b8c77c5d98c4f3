//! The requests that we know when they come again: those at work, and for half a minute those that were
//! answered. A thousand calls a second leave 64,000 of the latter behind, so that little is kept of each.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroU64;

use rustc_hash::FxHashMap;
use switch::Time;

use super::Bytes;

/// They are forgotten in a body, once in this time, in microseconds: nobody has to wake for each.
const AT_ONCE: u64 = 1_000_000;

/// Tables with room for fewer than this are not made smaller.
const SMALL: usize = 4096;

/// What a request is told by: two hashes with keys of our own, so that nobody outside finds two requests
/// that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Print(NonZeroU64, u64);

/// The request that somebody's print belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// It is at work, under this number.
    Live(u64),
    /// It was answered, and whoever asks again gets this: where it came from, if so, or where it says.
    Answered(Bytes, bool),
    /// It was answered, and is passed over when it comes again.
    Swallowed,
}

/// All of them.
pub(super) struct Known {
    keys: [RandomState; 2],
    /// The prints are hashes already.
    entries: FxHashMap<Print, Entry>,
    /// Those that were answered, in the order in which they are forgotten.
    ended: VecDeque<Ended>,
}

struct Ended {
    at: Time,
    key: Print,
    merged: Option<Print>,
}

impl Known {
    /// None.
    pub(super) fn new() -> Known {
        Known {
            keys: [RandomState::new(), RandomState::new()],
            entries: FxHashMap::default(),
            ended: VecDeque::new(),
        }
    }

    /// The print of what tells a request from others.
    pub(super) fn print(&self, parts: impl Hash) -> Print {
        let [first, second] = self.keys.each_ref().map(|key| key.hash_one(&parts));
        Print(NonZeroU64::new(first).unwrap_or(NonZeroU64::MIN), second)
    }

    /// What there is under a print.
    pub(super) fn get(&self, print: &Print) -> Option<&Entry> {
        self.entries.get(print)
    }

    /// A request is at work.
    pub(super) fn begin(&mut self, print: Print, number: u64) {
        self.entries.insert(print, Entry::Live(number));
    }

    /// A request is nobody's any more.
    pub(super) fn forget(&mut self, key: &Print, merged: Option<&Print>) {
        self.entries.remove(key);
        if let Some(merged) = merged {
            self.entries.remove(merged);
        }
    }

    /// A request was answered: until then it is known, and answered so again.
    pub(super) fn end(
        &mut self,
        at: Time,
        key: Print,
        merged: Option<Print>,
        last: Option<(Bytes, bool)>,
    ) {
        let entry = last.map_or(Entry::Swallowed, |(last, at_source)| {
            Entry::Answered(last, at_source)
        });
        self.entries.insert(key, entry);
        if let Some(merged) = merged {
            self.entries.insert(merged, Entry::Swallowed);
        }
        let at = Time(at.0.next_multiple_of(AT_ONCE));
        self.ended.push_back(Ended { at, key, merged });
    }

    /// How many were answered and are not forgotten.
    pub(super) fn ended(&self) -> usize {
        self.ended.len()
    }

    /// When one is to be forgotten.
    ///
    /// All wait for as long, but for those of before new settings: these may keep a later one for longer.
    pub(super) fn next(&self) -> Option<Time> {
        self.ended.front().map(|ended| ended.at)
    }

    /// Forgets those whose time is over.
    pub(super) fn tick(&mut self, now: Time) {
        while self.next().is_some_and(|at| at <= now) {
            if let Some(ended) = self.ended.pop_front() {
                self.forget(&ended.key, ended.merged.as_ref());
            }
        }
        // What a busy hour took is given back.
        if self.ended.capacity() > SMALL.max(self.ended.len() * 8) {
            self.ended.shrink_to(self.ended.len() * 2);
        }
        if self.entries.capacity() > SMALL.max(self.entries.len() * 8) {
            self.entries.shrink_to(self.entries.len() * 2);
        }
    }

    /// Bytes that are kept of those that were answered: what the tables take, and the answers.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let answers = self.entries.values().map(|entry| match entry {
            Entry::Answered(bytes, _) => bytes.len() + 2 * size_of::<usize>(),
            _ => 0,
        });
        self.ended.len() * size_of::<Ended>()
            + self.entries.len() * (size_of::<(Print, Entry)>() + 1)
            + answers.sum::<usize>()
    }
}
