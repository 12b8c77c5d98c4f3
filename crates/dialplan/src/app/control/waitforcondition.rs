//! `WaitForCondition`.

use std::time::Duration;

use switch::Text;

use super::branch::holds;
use super::wait;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `WaitForCondition(replacementchar,expression[,timeout[,interval]])`.
pub static WAITFORCONDITION: App = App {
    name: "WaitForCondition",
    module: "app_waitforcond",
    summary: "Waits until something holds",
    syntax: "WaitForCondition(replacementchar,expression[,timeout[,interval]])",
    arguments: &[
        Argument {
            name: "replacementchar",
            help: "What stands in the expression for the dollar sign.",
        },
        Argument {
            name: "expression",
            help: "What has to hold; filled in anew each time.",
        },
        Argument {
            name: "timeout",
            help: "Seconds to wait at most; for ever if left out.",
        },
        Argument {
            name: "interval",
            help: "Seconds between two looks; 0.5 if left out.",
        },
    ],
    description: "WAITFORCONDITIONSTATUS is TRUE, TIMEOUT, HANGUP or FAILURE.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// How long to wait between two looks where nothing is said.
const INTERVAL: Duration = Duration::from_millis(500);

/// Shortest time between two looks.
const SHORTEST: Duration = Duration::from_millis(1);

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 4);
    let arg = |at| arguments::nth(&args, at);
    let (mark, expression) = (arg(0), arg(1));
    if mark.chars().count() != 1 || expression.is_empty() {
        call.warn("WaitForCondition", "it wants a character and an expression");
        call.set("WAITFORCONDITIONSTATUS", "FAILURE");
        return Ok(Outcome::Next);
    }
    let expression = Text::from(expression.replace(mark, "$"));
    let until = wait::seconds(arg(2)).map(|span| call.now() + span);
    let interval = wait::seconds(arg(3)).unwrap_or(INTERVAL).max(SHORTEST);
    let status = loop {
        if holds(&call.fill(&expression).await) {
            break "TRUE";
        }
        let left = until.map(|until| until.since(call.now()));
        if left.is_some_and(|left| left.is_zero()) {
            break "TIMEOUT";
        }
        if let Err(gone) = call.sleep(left.unwrap_or(interval).min(interval)).await {
            call.set("WAITFORCONDITIONSTATUS", "HANGUP");
            return Err(gone);
        }
    };
    call.set("WAITFORCONDITIONSTATUS", status);
    Ok(Outcome::Next)
}
