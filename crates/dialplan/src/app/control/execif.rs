//! `ExecIf`.

use switch::Text;

use super::branch::{Branches, holds};
use super::exec::{perform, take_apart};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `ExecIf(expression?appiftrue(args)[:appiffalse(args)])`.
pub static EXECIF: App = App {
    name: "ExecIf",
    module: "app_exec",
    summary: "Runs one of two applications",
    syntax: "ExecIf(expression?appiftrue[(args)][:appiffalse[(args)]])",
    arguments: &[
        Argument {
            name: "expression",
            help: "Nothing and 0 do not hold; all else does.",
        },
        Argument {
            name: "execapp",
            help: "The application to run; none if left out.",
        },
    ],
    description: "An application that is not there ends the call.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    match Branches::parse(&data) {
        Some(branches) => choose(&call, "ExecIf", branches.choose(holds(branches.condition))).await,
        None => {
            call.warn(
                "ExecIf",
                format!("{data:?} is not expression?application:application"),
            );
            Ok(Outcome::Next)
        }
    }
}

/// Runs `application(arguments)`, or nothing where it is empty.
pub(super) async fn choose(
    call: &Call,
    application: &'static str,
    chosen: &str,
) -> Result<Outcome, Gone> {
    if chosen.is_empty() {
        return Ok(Outcome::Next);
    }
    let (name, args) = take_apart(chosen);
    perform(call, application, &name, args)
        .await
        .unwrap_or(Ok(Outcome::Hangup))
}
