//! What every part of the core works with: the time, the configuration, and where to put what it says.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::Input;
use switch::Time;

use crate::settings::Settings;
use crate::sound::Sound;
use crate::wire::{ClientTransaction, ToWire};

/// The hands that a part of the core is called with.
pub struct Cx<'a> {
    /// The time now.
    pub now: Time,
    /// pjsip.conf as it was read last. Calls that go on keep what they began with.
    pub settings: &'a Arc<Settings>,
    /// Who carries the sound.
    pub sound: &'a mut dyn Sound,
    /// Where to put what is said.
    pub out: &'a mut Out,
}

/// What the core has to say, until somebody takes it away.
#[derive(Default)]
pub struct Out {
    /// To the wire, in order.
    pub wire: Vec<ToWire>,
    /// To the engine, in order.
    pub engine: Vec<Input>,
    timers: BTreeMap<(Time, u64), Timer>,
    timer_count: u64,
    transaction_count: u64,
}

/// A timer that is set: what takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(Time, u64);

/// Something that is due at a moment. Whoever set it finds by its contents whether it still matters; what
/// is set often and for long is better taken back with [`Out::cancel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// A call's; the call knows its own timers by the second number.
    Call(u64, u32),
    /// A subscription's, likewise.
    Subscription(u64, u32),
    /// The registrar looks for contacts whose time is over.
    Contacts,
    /// Contacts of this aor's number are asked whether they are there.
    Qualify(u64),
    /// The contact of this number, asked then, has not answered in time.
    Late(u64, Time),
    /// A phone that came is told what waits in its mailboxes: once its registration is answered.
    Mailboxes(u64),
    /// An outbound registration is due.
    Registration(u64),
    /// What keeps scanners slow forgets, and answers that were held back are sent.
    Slow(u64),
}

impl Out {
    /// Has [`Timer`] come at a moment.
    pub fn at(&mut self, when: Time, timer: Timer) {
        let _ = self.moment(when, timer);
    }

    /// The same, with what takes it back.
    pub fn moment(&mut self, when: Time, timer: Timer) -> Moment {
        self.timer_count += 1;
        self.timers.insert((when, self.timer_count), timer);
        Moment(when, self.timer_count)
    }

    /// Takes a timer back. One that has come already is none any more.
    pub fn cancel(&mut self, moment: Moment) {
        self.timers.remove(&(moment.0, moment.1));
    }

    /// When the next timer is due.
    pub fn next_timer(&self) -> Option<Time> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    /// How many timers are set, those that will be ignored too.
    pub fn timers(&self) -> usize {
        self.timers.len()
    }

    /// Takes a timer that is due.
    pub fn due(&mut self, now: Time) -> Option<Timer> {
        let first = self.timers.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }

    /// A number for a new request of ours.
    pub fn next_transaction(&mut self) -> ClientTransaction {
        self.transaction_count += 1;
        ClientTransaction(self.transaction_count)
    }
}
