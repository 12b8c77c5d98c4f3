//! A blind transfer by keys: who is to be called is asked of whoever pressed them, while the other waits.

use switch::signal::Order;
use switch::{BridgeId, Text};

use super::{has_company, pass_on};
use crate::app::sound::music;
use crate::app::sound::play::{ANY_DIGIT, Played, play};
use crate::call::{Call, Heard, Place};
use crate::limits;
use crate::script::pattern::Mode;
use crate::task::Gone;
use crate::transfer;

/// Asks for an extension and sends the other side there. The call goes on where none is given.
pub(super) async fn send(call: &Call, bridge: BridgeId) -> Result<(), Gone> {
    pass_on(call, bridge, &Order::Hold(Text::default()));
    let place = ask(call, bridge).await;
    pass_on(call, bridge, &Order::Unhold);
    if let Some(place) = place?
        && let Err(why) = transfer::blind_by_keys(&call.task.shared, call.id, &place)
    {
        call.warn(
            "transfer",
            format!("nobody was sent to {}: {why:?}", place.exten),
        );
    }
    Ok(())
}

/// Where the other side is to go.
async fn ask(call: &Call, bridge: BridgeId) -> Result<Option<Place>, Gone> {
    let rules = call.with(|world| world.rules.features.clone());
    let context = call.with(|world| transfer::context_by_keys(world, call.id));
    let mut first = digit(play(call, &rules.transfer_sound, ANY_DIGIT).await?);
    for attempt in 1..=rules.attempts.max(1) {
        let exten = Text::from(dialled(call, &context, first.take()).await?);
        if !has_company(call, bridge) {
            return Ok(None);
        }
        let known = !exten.is_empty()
            && call.with(|world| world.exists(Some(call.id), &context, &exten, 1));
        if known {
            return Ok(Some(Place {
                context,
                exten,
                priority: 1,
            }));
        }
        let sound = match attempt < rules.attempts {
            true => &rules.retry_sound,
            false => &rules.invalid_sound,
        };
        first = digit(play(call, sound, ANY_DIGIT).await?);
    }
    Ok(None)
}

fn digit(played: Played) -> Option<char> {
    match played {
        Played::Digit(digit) => Some(digit),
        Played::Done | Played::Missing => None,
    }
}

/// What is dialled, up to where no extension goes on so or nothing more comes in time.
async fn dialled(call: &Call, context: &Text, first: Option<char>) -> Result<String, Gone> {
    let patience = call.with(|world| world.rules.features.transfer_digit_timeout);
    let mut tone = first.is_none().then(|| music::tone(call, "dial"));
    let mut exten: String = first.into_iter().collect();
    loop {
        let fits = |mode| call.with(|world| world.fits(Some(call.id), context, &exten, 1, mode));
        let full = exten.len() >= limits::DIGITS;
        if full || (!exten.is_empty() && !fits(Mode::More)) {
            return Ok(exten);
        }
        let until = call.now() + patience;
        loop {
            match call.hear(Some(until)).await? {
                Heard::Nothing => return Ok(exten),
                // A `#` ends what would go on otherwise.
                Heard::Digit('#') if !exten.is_empty() => return Ok(exten),
                Heard::Digit(digit) => {
                    drop(tone.take());
                    exten.push(digit);
                    break;
                }
                Heard::Signal(switch::signal::Signal::Unbridged(_)) => return Ok(String::new()),
                Heard::Signal(_) => {}
            }
        }
    }
}
