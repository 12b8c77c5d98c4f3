//! Digits that go out: when each begins, how far it is and when it is over. Counted in ticks of 20 ms.

use std::collections::VecDeque;
use std::time::Duration;

use crate::limits;

/// A tick.
const TICK: Duration = Duration::from_millis(20);

/// The shortest digit that every receiver finds: Q.24 wants 40 ms, and some old ones twice that.
const SHORTEST: Duration = Duration::from_millis(80);

/// Silence between two digits.
const GAP_TICKS: u32 = 3;

/// The end of an event is said so often (RFC 4733, 2.5.1.4).
const ENDS: u32 = 3;

/// What to send in this tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outgoing {
    /// The digit.
    pub digit: char,
    /// Whether this is its first tick.
    pub first: bool,
    /// How long it has lasted with this tick.
    pub lasted: Duration,
    /// Whether it is over: no tone any more, and for events the end.
    pub end: bool,
    /// How often the end is to be said: 3 where `end`, 1 otherwise.
    pub times: u32,
}

/// The digits that wait to go to one far end.
#[derive(Debug, Default)]
pub struct Sender {
    waiting: VecDeque<Digit>,
    ticks: u32,
    gap: u32,
}

#[derive(Debug)]
struct Digit {
    digit: char,
    /// `None` while nobody said how long it is.
    span: Option<Duration>,
}

impl Sender {
    /// `None` begins a digit; a span says how long the one that was begun is to last in all, and sends the
    /// whole digit where none was begun. Returns false where too many wait.
    pub fn digit(&mut self, digit: char, span: Option<Duration>) -> bool {
        let span = span.map(|span| span.clamp(SHORTEST, limits::DIGIT_SPAN));
        let full = self.waiting.len() >= limits::DIGITS;
        let begun = self
            .waiting
            .iter_mut()
            .find(|waiting| waiting.span.is_none() && waiting.digit == digit);
        if let (Some(begun), Some(_)) = (begun, span) {
            begun.span = span;
            return true;
        }
        if full {
            return false;
        }
        // What nobody ended ends where the next one begins.
        for waiting in &mut self.waiting {
            waiting.span.get_or_insert(SHORTEST);
        }
        self.waiting.push_back(Digit { digit, span });
        true
    }

    /// Whether there is something to send, or a gap to keep.
    pub fn is_active(&self) -> bool {
        !self.waiting.is_empty() || self.gap > 0
    }

    /// Whether a digit sounds right now, so that other sound must not go out beside it.
    pub fn sounds(&self) -> bool {
        self.ticks > 0 || (self.gap == 0 && !self.waiting.is_empty())
    }

    /// What to send in the tick that begins.
    pub fn tick(&mut self) -> Option<Outgoing> {
        if self.gap > 0 {
            self.gap -= 1;
            return None;
        }
        let digit = self.waiting.front()?;
        self.ticks += 1;
        let lasted = TICK * self.ticks;
        // The end's packets come one tick after the last of the digit itself.
        let end = lasted > digit.span.unwrap_or(limits::DIGIT_SPAN);
        let outgoing = Outgoing {
            digit: digit.digit,
            first: self.ticks == 1,
            lasted: if end { lasted - TICK } else { lasted },
            end,
            times: if end { ENDS } else { 1 },
        };
        if end {
            self.waiting.pop_front();
            self.ticks = 0;
            self.gap = GAP_TICKS;
        }
        Some(outgoing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(sender: &mut Sender) -> Vec<Outgoing> {
        let mut sent = Vec::new();
        while sender.is_active() && sent.len() < 2_000 {
            sent.extend(sender.tick());
        }
        sent
    }

    #[test]
    fn a_digit_lasts_as_long_as_it_is_said() {
        let mut sender = Sender::default();
        assert!(sender.digit('5', Some(Duration::from_millis(100))));
        assert!(sender.digit('6', Some(Duration::ZERO)));
        let sent = run(&mut sender);
        let five: Vec<_> = sent.iter().filter(|o| o.digit == '5').collect();
        assert_eq!(five.len(), 6);
        assert!(five[0].first && !five[1].first);
        assert_eq!(five[4].lasted, Duration::from_millis(100));
        assert!(five[5].end && five[5].times == 3);
        assert_eq!(five[5].lasted, five[4].lasted);
        assert_eq!(sent.last().unwrap().lasted, SHORTEST);
    }

    #[test]
    fn a_begun_digit_waits_for_its_end() {
        let mut sender = Sender::default();
        sender.digit('1', None);
        for _ in 0..10 {
            assert!(!sender.tick().unwrap().end);
        }
        sender.digit('1', Some(Duration::from_millis(100)));
        let last = sender.tick().unwrap();
        assert!(last.end);
        assert_eq!(last.lasted, Duration::from_millis(200));
        assert!(!sender.sounds());
    }

    #[test]
    fn what_nobody_ends_ends() {
        let mut sender = Sender::default();
        sender.digit('1', None);
        assert_eq!(run(&mut sender).last().unwrap().lasted, limits::DIGIT_SPAN);
        sender.digit('1', None);
        sender.digit('2', None);
        assert_eq!(run(&mut sender)[4].digit, '1');
    }

    #[test]
    fn digits_that_wait_are_bounded() {
        let mut sender = Sender::default();
        let accepted = (0..1_000)
            .filter(|_| sender.digit('1', Some(SHORTEST)))
            .count();
        assert_eq!(accepted, limits::DIGITS);
    }
}
