//! Waiting for the far end to talk, or to be silent.

use std::time::Duration;

use switch::Time;
use switch::signal::Signal;

use crate::call::{Call, Heard};
use crate::task::Gone;

/// Ears that are open until this is dropped.
pub(super) struct Listening(Call);

/// From now on it is told when the far end talks, and when it has been silent for so long.
pub(super) fn listen(call: &Call, silence: Duration) -> Listening {
    call.with(|world| world.switch.listen(call.id, Some(silence)));
    Listening(call.clone())
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.with(|world| world.switch.listen(self.0.id, None));
    }
}

/// How the waiting went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waited {
    /// What was waited for came.
    Came,
    /// The time is over.
    TooLate,
}

/// Waits until the far end has been silent for so long.
pub(super) async fn silence(
    call: &Call,
    span: Duration,
    until: Option<Time>,
) -> Result<Waited, Gone> {
    let _listening = listen(call, span);
    // Nobody says that a far end is silent that has not talked.
    let mut silent_at = Some(call.now() + span);
    loop {
        let next = [silent_at, until].into_iter().flatten().min();
        match call.hear(next).await? {
            Heard::Nothing if silent_at.is_some() && silent_at == next => return Ok(Waited::Came),
            Heard::Nothing => return Ok(Waited::TooLate),
            Heard::Signal(Signal::Talking(true)) => silent_at = None,
            Heard::Signal(Signal::Talking(false)) => return Ok(Waited::Came),
            _ => {}
        }
    }
}

/// Waits until the far end has talked for so long.
pub(super) async fn noise(
    call: &Call,
    span: Duration,
    until: Option<Time>,
) -> Result<Waited, Gone> {
    /// A pause that does not end a talk.
    const PAUSE: Duration = Duration::from_millis(250);
    let _listening = listen(call, PAUSE);
    let mut talked_at = None;
    loop {
        let next = [talked_at, until].into_iter().flatten().min();
        match call.hear(next).await? {
            Heard::Nothing if talked_at.is_some() && talked_at == next => return Ok(Waited::Came),
            Heard::Nothing => return Ok(Waited::TooLate),
            Heard::Signal(Signal::Talking(true)) => talked_at = Some(call.now() + span),
            Heard::Signal(Signal::Talking(false)) => talked_at = None,
            _ => {}
        }
    }
}
