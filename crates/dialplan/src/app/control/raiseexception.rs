//! `RaiseException`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::{Call, Place};
use crate::function::Argument;
use crate::run;
use crate::task::Gone;

/// `RaiseException(reason)`.
pub static RAISEEXCEPTION: App = App {
    name: "RaiseException",
    module: "core",
    summary: "Goes to the extension that handles what went wrong",
    syntax: "RaiseException(reason)",
    arguments: &[Argument {
        name: "reason",
        help: "What EXCEPTION(reason) gives there.",
    }],
    description: "That is e of the present context.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    run::raise(&call, &data);
    let context = call.place()?.context;
    Ok(Outcome::Goto(Place {
        context,
        exten: Text::from("e"),
        priority: 1,
    }))
}
