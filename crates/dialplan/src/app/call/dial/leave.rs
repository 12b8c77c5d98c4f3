//! The option `G` of `Dial`: nobody talks, both go elsewhere.

use crate::app::Outcome;
use crate::app::control::goto;
use crate::call::{Call, Place};
use crate::leg::Leg;
use crate::run;
use crate::task::Gone;

/// Sends the caller and whoever answered to two places: the one named, and the step behind it.
pub(super) fn leave_both(call: &Call, leg: Leg, target: &str) -> Result<Outcome, Gone> {
    let target = target.replace('^', ",");
    let Some(place) = goto::parse(call, &target)? else {
        call.warn("Dial", format!("G({target}) names no step"));
        return Ok(Outcome::Hangup);
    };
    let peer = Place {
        priority: place.priority + 1,
        ..place.clone()
    };
    let id = leg.keep();
    call.with(|world| {
        world.switch.edit(id, |leg| {
            leg.dialed = false;
            leg.context = peer.context;
            leg.exten = peer.exten;
            leg.priority = peer.priority;
        });
    });
    run::start(&call.task.shared, id);
    Ok(Outcome::Goto(place))
}
