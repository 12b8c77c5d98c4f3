//! A called far end that wants somebody else to be called in its place.

use switch::fact::{Fact, Level};
use switch::signal::Forward;
use switch::{Cause, Text};

use super::options::Options;
use super::place::{place_call, tell_begin};
use super::ring;
use crate::call::Call;
use crate::forward::{sent_by, shown, target};
use crate::leg::{Leg, NoLeg};
use crate::task::Gone;

/// Calls somebody in a leg's place, which ends. The cause where nobody can be called.
pub(super) async fn forward(
    call: &Call,
    old: Leg,
    to: &Forward,
    reason: &Text,
    options: &Options,
) -> Result<Result<Leg, Cause>, Gone> {
    let Some(from) = call.with(|world| world.switch.view(old.id)) else {
        return Ok(Err(Cause::NORMAL));
    };
    if options.ignore_forwards {
        let text = format!("{} may not send the call to {}", from.name, shown(to));
        call.with(|world| world.log(Level::Notice, "Dial", text));
        ring::end(call, old, "NOANSWER", Cause::NORMAL);
        return Ok(Err(Cause::NO_ANSWER));
    }
    let target = call.with(|world| target(world, old.id, to));
    let sent_by = call.with(|world| sent_by(world, old.id, to, reason));
    let (Some((technology, destination)), Some(sent_by)) = (target, sent_by) else {
        let text = format!("{} cannot send the call to {}", from.name, shown(to));
        call.warn("Dial", text);
        ring::end(call, old, "CONGESTION", Cause::CONGESTION);
        return Ok(Err(Cause::CONGESTION));
    };
    let text = format!("{} sends the call to {technology}/{destination}", from.name);
    call.with(|world| world.log(Level::Notice, "Dial", text));
    match place_call(call, &technology, &destination, options, Some(&sent_by)).await {
        Ok(Ok(leg)) => {
            call.with(|world| {
                let (caller, dest) = (world.switch.view(call.id), world.switch.view(old.id));
                if let Some(dest) = dest {
                    world.switch.tell(Fact::DialEnded {
                        caller,
                        dest,
                        status: "CANCEL",
                        forward: shown(to),
                    });
                }
            });
            tell_begin(call, &leg);
            old.hang_up(Cause::NORMAL);
            Ok(Ok(leg))
        }
        Err(Gone) => {
            ring::end(call, old, "CANCEL", Cause::NORMAL);
            Err(Gone)
        }
        Ok(Err(why)) => {
            let cause = match why {
                NoLeg::Unavailable(cause) => cause,
                NoLeg::Taken => Cause::NORMAL,
            };
            ring::end(call, old, "CHANUNAVAIL", cause);
            Ok(Err(cause))
        }
    }
}
