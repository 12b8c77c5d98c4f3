//! Where a far end's sound comes from: not always from where it said (RFC 4961).

use std::net::SocketAddr;
use std::time::Duration;

/// Packets in a row from one address before it is believed, where it is not the one that was said.
const PROBATION: u32 = 4;

/// Silence after which another address may take the place of the one that was believed: a phone that
/// changed its network says so in SIP, but not always in time.
const STALE: Duration = Duration::from_secs(5);

/// Learns one source address, and holds on to it against whoever else sends to the port.
#[derive(Debug, Default)]
pub(super) struct Learn {
    said: Option<SocketAddr>,
    believed: Option<SocketAddr>,
    last: Duration,
    candidate: Option<(SocketAddr, u16, u32)>,
}

/// What to do with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is theirs.
    Accept,
    /// It is theirs, and from now on they are to be found here.
    Moved,
    /// It is somebody else's.
    Drop,
}

impl Learn {
    /// The far end said where it is; what was learned before counts no more where that is elsewhere.
    pub(super) fn say(&mut self, said: Option<SocketAddr>) {
        if self.said != said {
            *self = Learn {
                said,
                ..Learn::default()
            };
        }
    }

    /// A packet came. Where `strict` is not set everything is believed, the latest most.
    pub(super) fn take(
        &mut self,
        from: SocketAddr,
        sequence: u16,
        now: Duration,
        strict: bool,
    ) -> Verdict {
        if self.believed == Some(from) {
            self.last = now;
            self.candidate = None;
            return Verdict::Accept;
        }
        let fresh = now.saturating_sub(self.last) < STALE;
        let wanted = !strict || (self.said == Some(from) && !(self.believed.is_some() && fresh));
        if wanted || self.probation(from, sequence) {
            if self.believed.is_some() && fresh && strict {
                return Verdict::Drop;
            }
            self.believed = Some(from);
            self.last = now;
            self.candidate = None;
            return Verdict::Moved;
        }
        match self.believed {
            // Nobody is believed yet: whoever came first is heard meanwhile.
            None if self.candidate.is_some_and(|(first, ..)| first == from) => Verdict::Accept,
            _ => Verdict::Drop,
        }
    }

    /// Whether this packet completes a row of one address.
    fn probation(&mut self, from: SocketAddr, sequence: u16) -> bool {
        let count = match self.candidate {
            Some((first, before, count)) if first == from && sequence == before.wrapping_add(1) => {
                count + 1
            }
            _ => 1,
        };
        self.candidate = Some((from, sequence, count));
        count >= PROBATION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(port: u16) -> SocketAddr {
        ([192, 0, 2, 1], port).into()
    }

    fn run(learn: &mut Learn, packets: &[(u16, u16)], at: u64) -> Vec<Verdict> {
        packets
            .iter()
            .map(|(port, n)| learn.take(address(*port), *n, Duration::from_millis(at), true))
            .collect()
    }

    use Verdict::{Accept, Drop, Moved};

    #[test]
    fn the_address_that_was_said_is_believed_at_once() {
        let mut learn = Learn::default();
        learn.say(Some(address(1)));
        assert_eq!(
            run(&mut learn, &[(1, 7), (1, 8), (2, 1)], 0),
            [Moved, Accept, Drop]
        );
    }

    #[test]
    fn another_is_believed_after_a_row_and_then_held() {
        let mut learn = Learn::default();
        learn.say(Some(address(1)));
        let verdicts = run(&mut learn, &[(2, 1), (2, 2), (2, 3), (2, 4), (2, 5)], 0);
        assert_eq!(verdicts, [Accept, Accept, Accept, Moved, Accept]);
        let verdicts = run(&mut learn, &[(3, 1), (3, 2), (3, 3), (3, 4), (1, 1)], 100);
        assert_eq!(verdicts, [Drop; 5]);
    }

    #[test]
    fn who_fell_silent_can_be_followed() {
        let mut learn = Learn::default();
        run(&mut learn, &[(2, 1), (2, 2), (2, 3), (2, 4)], 0);
        let verdicts = run(&mut learn, &[(3, 1), (3, 2), (3, 3), (3, 4)], 6_000);
        assert_eq!(verdicts, [Drop, Drop, Drop, Moved]);
    }

    #[test]
    fn a_new_address_begins_anew() {
        let mut learn = Learn::default();
        learn.say(Some(address(1)));
        run(&mut learn, &[(1, 1)], 0);
        learn.say(Some(address(2)));
        assert_eq!(run(&mut learn, &[(2, 1), (1, 2)], 1), [Moved, Drop]);
    }

    #[test]
    fn without_strictness_the_latest_counts() {
        let mut learn = Learn::default();
        for port in [1, 2, 1] {
            let verdict = learn.take(address(port), 0, Duration::ZERO, false);
            assert_eq!(verdict, Moved);
        }
    }
}
