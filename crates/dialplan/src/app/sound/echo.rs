//! `Echo`.

use std::collections::VecDeque;
use std::time::Duration;

use switch::Text;
use switch::fact::{Direction, Fact};
use switch::signal::Order;

use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::task::Gone;

/// `Echo()`.
pub static ECHO: App = App {
    name: "Echo",
    module: "app_echo",
    summary: "Sends back what comes",
    syntax: "Echo()",
    arguments: &[],
    description: "Sound and digits go back to where they came from; # ends it.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// How long the tone of a digit is that goes back. It takes that long, too: two echoes that face each
/// other must not make time stand still.
const TONE: Duration = Duration::from_millis(100);

/// Digits that wait for their tone; more are dropped.
const WAITING: usize = 64;

/// Sound that goes back until this is dropped.
struct Echoing(Call);

impl Drop for Echoing {
    fn drop(&mut self) {
        self.0.with(|world| world.switch.set_echo(self.0.id, false));
    }
}

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    call.with(|world| world.switch.set_echo(call.id, true));
    let _echoing = Echoing(call.clone());
    let mut waiting = VecDeque::new();
    loop {
        let digit = match waiting.pop_front() {
            Some(digit) => digit,
            None => match call.hear(None).await? {
                Heard::Digit(digit) => digit,
                _ => continue,
            },
        };
        if digit == '#' {
            return Ok(Outcome::Next);
        }
        send(&call, digit, None)?;
        let until = call.now() + TONE;
        loop {
            match call.hear(Some(until)).await? {
                Heard::Nothing => break,
                Heard::Digit(digit) if waiting.len() < WAITING => waiting.push_back(digit),
                _ => {}
            }
        }
        send(&call, digit, Some(TONE))?;
    }
}

/// Begins a digit's tone towards the far end, or ends it after so long.
fn send(call: &Call, digit: char, ends: Option<Duration>) -> Result<(), Gone> {
    let (channel, direction) = (call.view()?, Direction::Sent);
    let (order, fact) = match ends {
        None => (
            Order::DigitBegin(digit),
            Fact::DigitBegan {
                channel,
                digit,
                direction,
            },
        ),
        Some(span) => {
            let duration = u32::try_from(span.as_millis()).unwrap_or(u32::MAX);
            let fact = Fact::DigitEnded {
                channel,
                digit,
                duration,
                direction,
            };
            (Order::DigitEnd(digit, span), fact)
        }
    };
    call.with(|world| world.switch.tell(fact));
    call.order(order);
    Ok(())
}
