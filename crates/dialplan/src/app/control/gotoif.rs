//! `GotoIf`.

use switch::Text;

use super::branch::{Branches, holds};
use super::goto;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `GotoIf(condition?[yes]:[no])`.
pub static GOTOIF: App = App {
    name: "GotoIf",
    module: "core",
    summary: "Goes on at one of two steps",
    syntax: "GotoIf(condition?[[context,]extension,]priority[:[[context,]extension,]priority])",
    arguments: &[
        Argument {
            name: "condition",
            help: "Nothing and 0 do not hold; all else does.",
        },
        Argument {
            name: "destination",
            help: "Where to go; nowhere if left out.",
        },
    ],
    description: "Without a place for what turned out, the next step follows.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let Some(branches) = Branches::parse(&data) else {
        call.warn("GotoIf", format!("{data:?} is not condition?yes:no"));
        return Ok(Outcome::Next);
    };
    go(&call, "GotoIf", branches.choose(holds(branches.condition)))
}

/// Jumps to a target, or on to the next step where it is empty.
pub(super) fn go(call: &Call, application: &'static str, target: &str) -> Result<Outcome, Gone> {
    match target {
        "" => Ok(Outcome::Next),
        target => goto::jump(call, application, target),
    }
}
