//! `Answer`.

use std::time::Duration;

use switch::Text;
use switch::channel::Kind;
use switch::signal::Signal;

use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::task::Gone;

/// `Answer([delay])`.
pub static ANSWER: App = App {
    name: "Answer",
    module: "core",
    summary: "Answers the call if it is not up yet",
    syntax: "Answer([delay])",
    arguments: &[Argument {
        name: "delay",
        help: "Milliseconds to wait once the call is up.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if !call.is_up() {
        call.answer();
        // Whoever called learns of it before the dialplan goes on.
        call.task.let_others().await;
        call.check()?;
        if call.with(|world| {
            world
                .switch
                .channel(call.id)
                .is_some_and(|own| own.kind == Kind::Driver)
        }) {
            first_sound(&call).await?;
        }
    }
    if let Ok(delay) = data
        .split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .parse::<u64>()
    {
        call.sleep(Duration::from_millis(delay)).await?;
    }
    Ok(Outcome::Next)
}

/// How long the dialplan waits for the first sound of a phone that it answered: until then the sound's way
/// may not be open yet, and the beginning of what is played would be lost.
const FIRST_SOUND: Duration = Duration::from_millis(500);

/// How long a key counts as held that was pressed meanwhile.
const TYPED: Duration = Duration::from_millis(100);

async fn first_sound(call: &Call) -> Result<(), Gone> {
    let until = call.now() + FIRST_SOUND;
    let mut typed = Vec::new();
    loop {
        match call.hear(Some(until)).await? {
            Heard::Nothing | Heard::Signal(Signal::Heard) => break,
            Heard::Digit(digit) => typed.push(digit),
            Heard::Signal(_) => {}
        }
    }
    // They are for what comes next.
    call.with(|world| {
        for digit in typed {
            world.switch.signal(call.id, Signal::DigitEnd(digit, TYPED));
        }
    });
    Ok(())
}
