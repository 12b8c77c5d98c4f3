//! Subroutines of the dialplan: entered by `Gosub`, or run for an application.

use switch::Text;
use switch::channel::Subroutine;
use switch::fact::Fact;

use super::step;
use crate::app::Outcome;
use crate::call::{Call, Place};
use crate::task::Gone;

/// Runs a subroutine for an application, until it returns; false where the call is over.
pub async fn run_subroutine(call: &Call, place: &Place, args: &[Text]) -> bool {
    let Ok(back) = call.place() else { return false };
    enter_subroutine(call, place, args, true);
    let depth = depth(call);
    let lasted = loop {
        let Ok(at) = call.place() else { break false };
        let Some((application, data)) =
            call.with(|world| world.step(Some(call.id), &at.context, &at.exten, at.priority))
        else {
            break true;
        };
        call.task.step().await;
        match step(call, &at, &application, &data).await {
            Ok(Outcome::Next) => call.goto(&Place {
                priority: at.priority + 1,
                ..at
            }),
            Ok(Outcome::Goto(place)) => call.goto(&place),
            Ok(_) | Err(Gone) => break false,
        }
        if self::depth(call) < depth {
            break true;
        }
    };
    leave_subroutines(call, depth);
    call.goto(&back);
    lasted
}

/// Enters a subroutine: its return comes back behind the step that runs now.
pub fn enter_subroutine(call: &Call, place: &Place, args: &[Text], outermost: bool) -> bool {
    let Ok(back) = call.place() else { return false };
    let entered = call.with(|world| {
        let Some(channel) = world.switch.channel_mut(call.id) else {
            return false;
        };
        if channel.subroutines.len() >= switch::limits::SUBROUTINES {
            return false;
        }
        let mut variables = switch::variables::Variables::default();
        let count = Text::from(args.len().to_string());
        variables.set(Text::from("ARGC"), count.clone());
        for (at, value) in args.iter().enumerate() {
            variables.set(Text::from(format!("ARG{}", at + 1)), value.clone());
        }
        channel.subroutines.push(Subroutine {
            context: back.context,
            exten: back.exten,
            priority: back.priority + 1,
            variables,
            outermost,
        });
        let view = world.switch.view(call.id);
        for (at, value) in args.iter().enumerate() {
            world.switch.tell(Fact::VariableSet {
                channel: view.clone(),
                name: Text::from(format!("ARG{}", at + 1)),
                value: value.clone(),
            });
        }
        let name = Text::from("ARGC");
        world.switch.tell(Fact::VariableSet {
            channel: view,
            name,
            value: count,
        });
        true
    });
    if entered {
        call.goto(place);
    }
    entered
}

pub(super) fn depth(call: &Call) -> usize {
    call.with(|world| {
        world
            .switch
            .channel(call.id)
            .map_or(0, |c| c.subroutines.len())
    })
}

pub(super) fn leave_subroutines(call: &Call, depth: usize) {
    call.with(|world| {
        if let Some(channel) = world.switch.channel_mut(call.id) {
            channel.subroutines.truncate(depth.saturating_sub(1));
        }
    });
}
