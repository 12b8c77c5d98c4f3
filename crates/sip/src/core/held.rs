//! Those who try one name after the other wait for each answer, longer each time.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::time::Duration;

use rsipstack::sip::Response;
use switch::Time;

use super::Core;
use crate::cx::Timer;
use crate::limits::{HELD, SUSPECTS};
use crate::wire::{ServerTransaction, ToWire};

/// Refused requests of an address without one that was let in, past which answers are held back: this many
/// times what `unidentified_request_count` says, for the phones of an office that start at once.
const PATIENCE: i64 = 10;

/// How much longer each answer takes than the one before.
const STEP: Duration = Duration::from_millis(100);

/// The longest: phones that are in their right give up after 32 seconds.
const LONGEST: Duration = Duration::from_secs(4);

/// Answers held back, and for whom.
#[derive(Debug, Default)]
pub(super) struct Held {
    count: u64,
    answers: BTreeMap<u64, (ServerTransaction, Box<Response>)>,
    suspects: HashMap<IpAddr, Suspect>,
}

#[derive(Debug, Clone, Copy)]
struct Suspect {
    /// Refusals less admissions. All refusals count alike: whether a name exists is not told by it.
    score: i64,
    last: Time,
}

impl Held {
    /// Somebody at this address was let in.
    pub(super) fn good(&mut self, from: IpAddr) {
        if let Some(suspect) = self.suspects.get_mut(&from) {
            suspect.score -= 1;
            if suspect.score <= 0 {
                self.suspects.remove(&from);
            }
        }
    }

    /// Somebody at this address is refused: how long the answer is held back.
    fn refused(&mut self, now: Time, from: IpAddr, count: u32, forget: Duration) -> Duration {
        if self.suspects.len() >= SUSPECTS && !self.suspects.contains_key(&from) {
            self.suspects
                .retain(|_, suspect| now.since(suspect.last) < forget);
            if self.suspects.len() >= SUSPECTS {
                let oldest = self
                    .suspects
                    .iter()
                    .min_by_key(|(_, s)| s.last)
                    .map(|(ip, _)| *ip);
                oldest.map(|ip| self.suspects.remove(&ip));
            }
        }
        let suspect = self.suspects.entry(from).or_insert(Suspect {
            score: 0,
            last: now,
        });
        if now.since(suspect.last) >= forget {
            suspect.score = 0;
        }
        suspect.last = now;
        suspect.score += 1;
        let past = suspect.score - i64::from(count.max(1)) * PATIENCE;
        match u32::try_from(past) {
            Ok(past) => STEP.saturating_mul(past).min(LONGEST),
            Err(_) => Duration::ZERO,
        }
    }

    /// How many answers are held back.
    pub(super) fn len(&self) -> usize {
        self.answers.len()
    }
}

impl Core {
    /// Answers a refused request, later where its address tried too often.
    pub(super) fn hold(&mut self, transaction: ServerTransaction, answer: Response, from: IpAddr) {
        let global = &self.settings.global;
        let forget = global
            .unidentified_request_period
            .max(Duration::from_secs(1))
            * 6;
        let count = global.unidentified_request_count;
        let wait = self.held.refused(self.now, from, count, forget);
        if wait.is_zero() {
            return self.respond(transaction, answer);
        }
        if self.held.len() >= HELD {
            return self.out.wire.push(ToWire::Ignore(transaction));
        }
        self.held.count += 1;
        let number = self.held.count;
        self.held
            .answers
            .insert(number, (transaction, Box::new(answer)));
        self.out.at(self.now + wait, Timer::Slow(number));
    }

    /// An answer was held back long enough.
    pub(super) fn held_due(&mut self, number: u64) {
        if let Some((transaction, answer)) = self.held.answers.remove(&number) {
            self.respond(transaction, *answer);
        }
    }
}
