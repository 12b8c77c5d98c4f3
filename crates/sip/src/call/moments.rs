//! The moments that a call waits for.

use std::time::Duration;

use super::hands::Hands;
use super::leg::Call;
use crate::cx::{Moment, Timer};

/// The timers of RFC 3261 (17.1.1.1) that are a call's.
pub(super) const T1: Duration = Duration::from_millis(500);
pub(super) const T2: Duration = Duration::from_secs(4);
/// How long a 2xx waits for its ACK, and a provisional answer for its PRACK.
pub(super) const PATIENCE: Duration = Duration::from_secs(32);

/// How long a phone rings that says nothing more. RFC 3261 (13.3.1) has it say so every minute, which most
/// do not; nobody lets one ring for so long.
pub(super) const RINGS: Duration = Duration::from_secs(600);
/// How often we say that we still ring.
pub(super) const REMIND: Duration = Duration::from_secs(60);

/// A moment that a call waits for. Of each kind there is one at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// A 2xx is said again.
    AcceptAgain,
    /// No ACK came.
    AcceptEnd,
    /// A reliable provisional answer is said again.
    ReliableAgain,
    /// No PRACK came.
    ReliableEnd,
    /// We refresh the session.
    Refresh,
    /// Nobody refreshed it.
    Expiry,
    /// Both asked at once: our turn again.
    Glare,
    /// The far end did not answer although it was told that nobody waits.
    GiveUp,
    /// A far end that says nothing is asked whether it is there.
    Probe,
    /// Nothing more is heard of a phone that rings.
    Vanished,
    /// They are reminded that we still ring.
    Remind,
    /// Nobody was found to be called.
    Nowhere,
    /// Nothing more is heard of a REFER of ours.
    Referral,
    /// The engine does not say whether it takes the call.
    Forgotten,
}

/// What a call waits for, of each kind once.
#[derive(Default)]
pub(super) struct Moments {
    waiting: Vec<(Due, u32, Moment)>,
    count: u32,
}

impl Call {
    /// Has a moment come after a while; one of its kind that was awaited is not any more.
    pub(super) fn wait(&mut self, hands: &mut Hands<'_, '_>, due: Due, after: Duration) {
        self.forget(hands, due);
        self.moments.count = self.moments.count.wrapping_add(1);
        let timer = Timer::Call(self.id, self.moments.count);
        let moment = hands.cx.out.moment(hands.cx.now + after, timer);
        self.moments.waiting.push((due, self.moments.count, moment));
    }

    /// A moment is not awaited any more.
    pub(super) fn forget(&mut self, hands: &mut Hands<'_, '_>, due: Due) {
        if let Some(at) = self
            .moments
            .waiting
            .iter()
            .position(|(kind, ..)| *kind == due)
        {
            hands.cx.out.cancel(self.moments.waiting.swap_remove(at).2);
        }
    }

    /// Whether a moment is awaited.
    pub(super) fn is_waiting(&self, due: Due) -> bool {
        self.moments.waiting.iter().any(|(kind, ..)| *kind == due)
    }

    /// Which moment has come; `None` where it does not matter any more.
    pub(super) fn came(&mut self, number: u32) -> Option<Due> {
        let at = self
            .moments
            .waiting
            .iter()
            .position(|(_, known, _)| *known == number)?;
        Some(self.moments.waiting.swap_remove(at).0)
    }

    /// Nothing is awaited any more.
    pub(super) fn forget_all(&mut self, hands: &mut Hands<'_, '_>) {
        for (_, _, moment) in self.moments.waiting.drain(..) {
            hands.cx.out.cancel(moment);
        }
    }
}
