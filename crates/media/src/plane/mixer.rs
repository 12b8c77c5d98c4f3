//! The threads that mix: every 20 ms each goes over its sessions and recordings.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossbeam_channel::Receiver;

use super::report::Report;
use super::session::{Session, lock};
use super::shared::{Shared, TICK};
use super::tap::Tap;
use crate::limits;

/// Something to be done every tick, until it is closed.
pub(super) enum Work {
    Session(Arc<Session>),
    Tap(Arc<Tap>),
}

/// Ticks in a second: what has time is looked at so often.
const SECOND: u64 = 50;

/// How long one that has nothing to do sleeps before it looks whether the plane ended.
const IDLE: Duration = Duration::from_millis(250);

/// Mixes until the plane ends.
pub(super) fn run(shared: &Shared, new: &Receiver<Work>) {
    let mut works: Vec<Work> = Vec::new();
    let mut tick = Shared::tick(shared.now());
    loop {
        if works.is_empty() {
            works.extend(new.recv_timeout(IDLE));
            tick = Shared::tick(shared.now());
        }
        tick += 1;
        if !works.is_empty() {
            let due = Duration::from_millis(TICK.as_millis() as u64 * tick);
            std::thread::sleep(due.saturating_sub(shared.now()));
        }
        if shared.stop.load(Ordering::Relaxed) {
            return;
        }
        let late = Shared::tick(shared.now());
        if late > tick + limits::TICKS_BEHIND {
            tracing::warn!("sound was kept away for {} ms", (late - tick) * 20);
            tick = late;
        }
        works.extend(new.try_iter());
        works.retain(|work| match work {
            Work::Session(session) if session.is_closed() => false,
            Work::Tap(tap) if tap.is_closed() => false,
            work => {
                work.tick(shared, tick);
                true
            }
        });
        // Whoever is not fit to be relayed has a session, and that is in the works of one of us.
        replan(shared);
    }
}

/// Makes plans anew where a packet thread found that packets cannot be relayed as they are.
fn replan(shared: &Shared) {
    let unfit = std::mem::take(&mut *lock(&shared.unfit));
    if !unfit.is_empty() {
        let mut registry = lock(&shared.registry);
        for channel in unfit {
            registry.unfit(shared, channel);
        }
    }
}

impl Work {
    fn tick(&self, shared: &Shared, tick: u64) {
        match self {
            Work::Session(session) => session_tick(shared, session, tick),
            Work::Tap(tap) => {
                if let Some(why) = tap.tick(tick) {
                    (shared.report)(Report::RecordingFailed(tap.channel(), tap.id(), why));
                }
            }
        }
    }
}

fn session_tick(shared: &Shared, session: &Session, tick: u64) {
    let now = shared.now();
    if session.is_associated()
        && let Some(why) = session.negotiate_tick(&shared.identity, now)
        && let Some(channel) = session.channel()
    {
        (shared.report)(Report::Cut(channel, why));
    }
    let found = session.listening().tick(session, tick, now);
    let over = session
        .input()
        .digit_over(now, shared.settings().digit_patience);
    shared.heard(session, found.heard.into_iter().chain(over));
    if let (Some(talking), Some(channel)) = (found.talking, session.channel()) {
        (shared.report)(Report::Talking(channel, talking));
    }
    // Sessions have their turns in different ticks.
    let turn = tick + session.id.0;
    if turn.is_multiple_of(SECOND) {
        silence(shared, session, now);
    }
    let every = (shared.settings().report_every.as_millis() / TICK.as_millis()) as u64;
    if every > 0 && turn.is_multiple_of(every) {
        report(shared, session, now);
    }
}

/// Tells of a far end of which nothing came for too long.
fn silence(shared: &Shared, session: &Session, now: Duration) {
    let holding = session.output().is_holding();
    let lost = session.input().is_lost(now, holding);
    if let (true, Some(channel)) = (lost, session.channel()) {
        (shared.report)(Report::Lost(channel));
    }
}

/// Sends a report to the far end and tells of it.
fn report(shared: &Shared, session: &Session, now: Duration) {
    let sent = session.report(&shared.settings().name, now, shared.ntp(now), false);
    if let Some(exchanged) = &sent {
        shared.watch.report(true, exchanged);
    }
    if let (Some(exchanged), Some(channel)) = (sent, session.channel()) {
        (shared.report)(Report::ReportSent(channel, Box::new(exchanged)));
    }
}
