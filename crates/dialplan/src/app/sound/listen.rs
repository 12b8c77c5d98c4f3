//! Waiting for the far end to talk, or to be silent.

use std::time::Duration;

use switch::signal::Signal;
use switch::{Text, Time};

use crate::app::Outcome;
use crate::app::control::wait;
use crate::call::{Call, Heard};
use crate::script::arguments;
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
enum Waited {
    /// What was waited for came.
    Came,
    /// The time is over.
    TooLate,
}

/// What `WaitForNoise` and `WaitForSilence` wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// The far end talks.
    Noise,
    /// The far end is silent.
    Silence,
}

/// `WaitForNoise` and `WaitForSilence`: milliseconds, how often, and seconds at most. `WAITSTATUS` says what
/// came of it.
pub(super) async fn wait_for(call: Call, data: Text, what: For) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 3);
    let arg = |at| arguments::nth(&args, at).trim();
    let span = Duration::from_millis(arg(0).parse().unwrap_or(1000));
    let times = arg(1).parse::<u32>().unwrap_or(1).max(1);
    let until = wait::seconds(arg(2)).map(|span| call.now() + span);
    let mut status = "TIMEOUT";
    for _ in 0..times {
        let (waited, came) = match what {
            For::Noise => (noise(&call, span, until).await?, "NOISE"),
            For::Silence => (silence(&call, span, until).await?, "SILENCE"),
        };
        if waited == Waited::TooLate {
            status = "TIMEOUT";
            break;
        }
        status = came;
    }
    call.set("WAITSTATUS", status);
    Ok(Outcome::Next)
}

/// Waits until the far end has been silent for so long.
async fn silence(call: &Call, span: Duration, until: Option<Time>) -> Result<Waited, Gone> {
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
async fn noise(call: &Call, span: Duration, until: Option<Time>) -> Result<Waited, Gone> {
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
