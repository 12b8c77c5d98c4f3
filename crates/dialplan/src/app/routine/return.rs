//! `Return`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::{Call, Place};
use crate::function::Argument;
use crate::task::Gone;

/// `Return([value])`.
pub static RETURN: App = App {
    name: "Return",
    module: "app_stack",
    summary: "Comes back from a subroutine",
    syntax: "Return([value])",
    arguments: &[Argument {
        name: "value",
        help: "What GOSUB_RETVAL is then.",
    }],
    description: "Outside of a subroutine it ends the call.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let left = call.with(|world| world.switch.channel_mut(call.id)?.subroutines.pop());
    let Some(left) = left else {
        call.warn("Return", "there is no subroutine to come back from");
        return Ok(Outcome::Hangup);
    };
    call.set("GOSUB_RETVAL", data);
    let (context, exten, priority) = (left.context, left.exten, left.priority);
    Ok(Outcome::Goto(Place {
        context,
        exten,
        priority,
    }))
}
