//! Messages that are kept to be looked at (`pjsip set history`).

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use switch::Text;

use crate::limits::{HISTORY, HISTORY_TEXT};

/// The newest messages, while somebody wants them kept.
#[derive(Debug, Default)]
pub struct History {
    on: AtomicBool,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    count: u64,
    messages: VecDeque<Arc<Passed>>,
}

/// A message that came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Its number since the history was cleared.
    pub number: u64,
    /// When: seconds since 1970.
    pub at: u64,
    /// Whether it was ours.
    pub sent: bool,
    /// The other side.
    pub with: SocketAddr,
    /// The message, of a very long one the beginning.
    pub text: Text,
}

impl Passed {
    /// Its first line: method and address, or code and reason.
    pub fn title(&self) -> &str {
        let line = self.text.lines().next().unwrap_or_default();
        let line = line.trim_end_matches("SIP/2.0").trim();
        line.strip_prefix("SIP/2.0 ").unwrap_or(line)
    }
}

impl History {
    /// Keeps messages from now on, or no longer. Those that are kept stay.
    pub fn keep(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
    }

    /// Forgets all, and begins to count anew.
    pub fn clear(&self) {
        *self.kept() = Kept::default();
    }

    /// A message came or went. What is too much makes room by its age.
    pub fn passed(&self, sent: bool, with: SocketAddr, bytes: &[u8]) {
        if !self.on.load(Ordering::Relaxed) {
            return;
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let beginning = bytes.get(..HISTORY_TEXT).unwrap_or(bytes);
        let mut kept = self.kept();
        let passed = Passed {
            number: kept.count,
            at: since.unwrap_or_default().as_secs(),
            sent,
            with,
            text: Text::from(&*text::decode(beginning)),
        };
        kept.count += 1;
        if kept.messages.len() == HISTORY {
            kept.messages.pop_front();
        }
        kept.messages.push_back(Arc::new(passed));
    }

    /// All that is kept, the oldest first.
    pub fn all(&self) -> Vec<Arc<Passed>> {
        self.kept().messages.iter().cloned().collect()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_while_somebody_wants_them() {
        let history = History::default();
        let with = SocketAddr::from(([192, 0, 2, 1], 5060));
        history.passed(false, with, b"OPTIONS sip:x SIP/2.0\r\n\r\n");
        assert!(history.all().is_empty());
        history.keep(true);
        history.passed(false, with, b"INVITE sip:100@x SIP/2.0\r\nVia: y\r\n\r\n");
        history.passed(true, with, b"SIP/2.0 100 Trying\r\n\r\n");
        let titles: Vec<_> = history
            .all()
            .iter()
            .map(|one| one.title().to_owned())
            .collect();
        assert_eq!(titles, ["INVITE sip:100@x", "100 Trying"]);
        let long = vec![b'x'; HISTORY_TEXT + 1];
        (0..HISTORY).for_each(|_| history.passed(true, with, &long));
        let all = history.all();
        assert_eq!((all.len(), all[0].number), (HISTORY, 2));
        assert_eq!(all[0].text.len(), HISTORY_TEXT);
        history.clear();
        assert!(history.all().is_empty());
    }
}
