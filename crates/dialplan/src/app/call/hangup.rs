//! `Hangup`.

use switch::{Cause, Text};

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Hangup([cause])`.
pub static HANGUP: App = App {
    name: "Hangup",
    module: "core",
    summary: "Hangs the call up",
    syntax: "Hangup([cause])",
    arguments: &[Argument {
        name: "cause",
        help: "Q.850 cause, as a number or a name such as NORMAL_CLEARING.",
    }],
    description: "The h extension and the hangup handlers run as after any end of a call.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let cause = match data.trim() {
        "" => None,
        text => {
            let cause = Cause::parse(text);
            if cause.is_none() {
                call.warn("Hangup", format!("{text:?} is no cause; 16 is taken"));
            }
            Some(cause.unwrap_or(Cause::NORMAL))
        }
    };
    call.with(|world| {
        world.switch.edit(call.id, |view| {
            if let Some(cause) = cause {
                view.cause = cause;
            }
            view.hangup_source = Text::from("dialplan/builtin");
        });
    });
    Ok(Outcome::Hangup)
}
