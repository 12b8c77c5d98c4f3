//! Where the dialplan has no step: more digits, the handler of what went wrong, or the end.

use std::time::Duration;

use switch::fact::Level;
use switch::signal::Order;
use switch::{State, Text};

use super::{Came, timed_out};
use crate::call::{Call, Heard, Place};
use crate::script::pattern::Mode;
use crate::task::Gone;

/// Most digits of one extension.
const DIGITS: usize = 256;

/// How long a busy or congestion tone plays where the dialplan ran out of steps.
const TONE: Duration = Duration::from_secs(10);

/// Where there is no step: more digits, the handler of what went wrong, or the end. True to go on.
pub(super) async fn go_on(call: &Call, came: Came) -> bool {
    let Ok(place) = call.place() else {
        return false;
    };
    let (mut digits, mut invalid, incomplete) = match came {
        Came::NoStep => (String::new(), false, false),
        Came::Nowhere(to) if call.with(|w| w.exists(Some(call.id), &to.context, &to.exten, 1)) => {
            call.goto(&to);
            (String::new(), false, false)
        }
        Came::Nowhere(to) => return wrong(call, &to, "i", "INVALID", Some(&to.exten)),
        Came::Digits(digits) => (digits, false, false),
        Came::Incomplete => {
            let more = call.with(|world| {
                world.fits(Some(call.id), &place.context, &place.exten, 1, Mode::More)
            });
            (place.exten.to_string(), !more, true)
        }
        Came::Over => return false,
    };
    let here = call.with(|world| world.exists(Some(call.id), &place.context, &place.exten, 1));
    invalid |= digits.is_empty() && !here;
    if invalid {
        return wrong(call, &place, "i", "INVALID", Some(&place.exten));
    }
    let wait = call.with(|world| {
        let timeouts = world
            .switch
            .channel(call.id)
            .map(|channel| channel.digit_timeouts);
        let timeouts = timeouts.unwrap_or_default();
        match digits.is_empty() {
            false => Some(timeouts.digit.unwrap_or(world.rules.digit_timeout)),
            true if !world.plan.general.auto_fall_through => {
                Some(timeouts.response.unwrap_or(world.rules.response_timeout))
            }
            true => None,
        }
    });
    let Some(wait) = wait else {
        fall_through(call).await;
        return false;
    };
    let before = digits.len();
    match collect(call, &place.context, &mut digits, wait).await {
        Ok(()) => {}
        Err(Gone) => return resume(call),
    }
    let timeout = digits.is_empty() || incomplete && digits.len() == before;
    let exists = call.with(|world| world.exists(Some(call.id), &place.context, &digits, 1));
    if !timeout && exists {
        call.goto(&Place {
            context: place.context,
            exten: Text::from(digits),
            priority: 1,
        });
        true
    } else if timeout {
        wrong(call, &place, "t", "RESPONSETIMEOUT", None)
    } else {
        wrong(call, &place, "i", "INVALID", Some(&digits))
    }
}

fn resume(call: &Call) -> bool {
    match call.take_elsewhere() {
        Some(place) => {
            call.goto(&place);
            true
        }
        None => timed_out(call),
    }
}

/// Sends the call to the extension that handles what went wrong, or to `e`; false where neither is there.
fn wrong(call: &Call, place: &Place, exten: &str, reason: &str, invalid: Option<&str>) -> bool {
    let exists =
        |exten: &str| call.with(|world| world.exists(Some(call.id), &place.context, exten, 1));
    let handler = if exists(exten) {
        if let Some(invalid) = invalid {
            call.set("INVALID_EXTEN", invalid);
        }
        exten
    } else if exists("e") {
        raise(call, reason);
        "e"
    } else {
        call.with(|world| {
            let name = world.switch.view(call.id).map(|v| v.name.clone()).unwrap_or_default();
            let Place { context, exten: at, priority } = place;
            let text = format!(
                "{name}: nothing for {} at {context},{at},{priority}, and no '{exten}' or 'e' there",
                invalid.unwrap_or("a timeout")
            );
            world.log(Level::Warning, "pbx", text);
        });
        return false;
    };
    let (context, exten) = (place.context.clone(), Text::from(handler));
    call.goto(&Place {
        context,
        exten,
        priority: 1,
    });
    true
}

/// Says what went wrong, for the `EXCEPTION` function, and sends the call nowhere yet.
pub fn raise(call: &Call, reason: &str) {
    let Ok(place) = call.place() else { return };
    call.with(|world| {
        let Some(channel) = world.switch.channel_mut(call.id) else {
            return;
        };
        let Place {
            context,
            exten,
            priority,
        } = place;
        for (name, value) in [
            ("~EXCEPTION~REASON", Text::from(reason)),
            ("~EXCEPTION~CONTEXT", context),
            ("~EXCEPTION~EXTEN", exten),
            ("~EXCEPTION~PRIORITY", Text::from(priority.to_string())),
        ] {
            channel.variables.set(Text::from(name), value);
        }
    });
}

/// Collects digits until they cannot become another extension, or none comes in time.
async fn collect(
    call: &Call,
    context: &str,
    digits: &mut String,
    wait: Duration,
) -> Result<(), Gone> {
    while digits.len() < DIGITS {
        let more = call.with(|world| {
            digits.is_empty() || world.fits(Some(call.id), context, digits, 1, Mode::More)
        });
        if !more {
            return Ok(());
        }
        let until = call.now() + wait;
        match call.hear(Some(until)).await? {
            Heard::Digit(digit) => digits.push(digit),
            Heard::Nothing => return Ok(()),
            Heard::Signal(_) => {}
        }
    }
    Ok(())
}

/// The extension ran out of steps: the far end is told what became of the last `Dial`.
async fn fall_through(call: &Call) {
    let status = call.variable("DIALSTATUS");
    let name = call
        .view()
        .map(|view| view.name.clone())
        .unwrap_or_default();
    let shown = if status.is_empty() {
        "UNKNOWN"
    } else {
        &*status
    };
    call.verbose(3, || {
        format!("Auto fallthrough, channel '{name}' status is '{shown}'")
    });
    let order = match &*status {
        "CONGESTION" | "CHANUNAVAIL" => Order::Congestion,
        "BUSY" => Order::Busy,
        _ => return,
    };
    if !call.is_up() {
        if order == Order::Busy {
            call.with(|world| world.switch.set_state(call.id, State::Busy));
        }
        call.order(order);
    }
    // Whoever called hangs up when told; a caller that does not hears the tone for a while.
    let _ = call.sleep(TONE).await;
}
