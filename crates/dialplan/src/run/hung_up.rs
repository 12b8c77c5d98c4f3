//! What runs on a channel that is hung up: the `h` extension and the hangup handlers.

use switch::Text;
use switch::fact::{Fact, HandlerStep};

use super::step;
use super::subroutine::{depth, enter_subroutine, leave_subroutines};
use crate::app::{self, Outcome};
use crate::call::{Call, Place};
use crate::task::Gone;

pub(super) async fn run_h(call: &Call) {
    let Ok(place) = call.place() else { return };
    let has = call.with(|world| world.exists(Some(call.id), &place.context, "h", 1));
    if !has {
        return;
    }
    call.goto(&Place {
        context: place.context,
        exten: Text::from("h"),
        priority: 1,
    });
    hung_up_steps(call, &mut |_| false).await;
}

/// Runs steps on a channel that is hung up already, until there is none or `over` says so.
async fn hung_up_steps(call: &Call, over: &mut dyn FnMut(&Call) -> bool) {
    loop {
        let Ok(place) = call.place() else { return };
        let Some((application, data)) = call
            .with(|world| world.step(Some(call.id), &place.context, &place.exten, place.priority))
        else {
            return;
        };
        call.task.step().await;
        match step(call, &place, &application, &data).await {
            Ok(Outcome::Next) | Err(Gone) => {
                let next = Place {
                    priority: place.priority.saturating_add(1),
                    ..place
                };
                say_farewell_before(call, &next);
                call.goto(&next);
            }
            Ok(Outcome::Goto(place)) => call.goto(&place),
            Ok(_) => return,
        }
        if over(call) {
            return;
        }
    }
}

/// The last that is said of a channel's sound is said at its last step, not behind it.
fn say_farewell_before(call: &Call, next: &Place) {
    call.with(|world| {
        let goes_on = world.exists(Some(call.id), &next.context, &next.exten, next.priority);
        if !goes_on {
            world.switch.say_farewell(call.id);
        }
    });
}

pub(super) async fn run_hangup_handlers(call: &Call) {
    loop {
        let handler = call.with(|world| {
            let handler = world.switch.channel_mut(call.id)?.hangup_handlers.pop()?;
            let channel = world.switch.view(call.id)?;
            let what = HandlerStep::Ran;
            world.switch.tell(Fact::HangupHandler {
                channel,
                what,
                handler: handler.clone(),
            });
            Some(handler)
        });
        let Some(handler) = handler else { return };
        if let Some((place, args)) = app::routine::gosub::parse(call, &handler) {
            enter_subroutine(call, &place, &args, true);
            let level = depth(call);
            hung_up_steps(call, &mut |call| depth(call) < level).await;
            leave_subroutines(call, level);
        }
    }
}
