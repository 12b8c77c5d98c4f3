use std::time::Duration;

use ami::EventMask;
use ami::action::session::WaitEvent;

use crate::session::{Outcome, Session};

/// Waits for an event and gives it, with those that came with it.
pub(super) fn wait_event(session: &mut Session, action: WaitEvent) -> Outcome {
    if !session.mask().is_on() {
        session.set_mask(EventMask::ON);
    }
    // What is no number, or below zero, waits for ever.
    let seconds = action.timeout.trim().parse::<u32>().ok();
    Outcome::WaitEvent(seconds.map(|seconds| Duration::from_secs(seconds.into())))
}
