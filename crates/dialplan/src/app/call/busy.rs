//! `Busy`, and how the applications that refuse a call do it.

use switch::signal::Order;
use switch::{Cause, State, Text};

use crate::app::control::wait;
use crate::app::sound::music;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::task::Gone;

/// `Busy([timeout])`.
pub static BUSY: App = App {
    name: "Busy",
    module: "core",
    summary: "Tells the caller that the line is busy, and ends the call",
    syntax: "Busy([timeout])",
    arguments: &[Argument {
        name: "timeout",
        help: "Seconds until the call is hung up; left out, the caller has to.",
    }],
    description: "A call that is up already stays so and only hears the tone.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    refuse(&call, &data, Order::Busy, Cause::BUSY).await
}

/// Tells the far end, then waits so many seconds, or until it hangs up.
pub(super) async fn refuse(
    call: &Call,
    seconds: &str,
    order: Order,
    cause: Cause,
) -> Result<Outcome, Gone> {
    let tone = if order == Order::Busy {
        "busy"
    } else {
        "congestion"
    };
    let is_driver = call.view()?.technology != "Local";
    let _tone = call.is_up().then(|| music::tone(call, tone));
    if !call.is_up() || !is_driver {
        call.order(order);
    }
    if !call.is_up() {
        call.with(|world| {
            world.switch.edit(call.id, |view| view.cause = cause);
            world.switch.set_state(call.id, State::Busy);
        });
    }
    match wait::seconds(seconds) {
        Some(span) => call.sleep(span).await?,
        None if seconds.trim().parse::<f64>().is_ok_and(|none| none == 0.0) => {}
        None => while call.hear(None).await? != Heard::Nothing {},
    }
    Ok(Outcome::Hangup)
}
