//! `If`.

use switch::Text;

use super::block::{CONDITION, at};
use super::branch::holds;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `If(expr)`.
pub static IF: App = App {
    name: "If",
    module: "app_if",
    summary: "Runs the steps up to EndIf, Else or ElseIf where something holds",
    syntax: "If(expr)",
    arguments: &[Argument {
        name: "expr",
        help: "Nothing and 0 do not hold; all else does.",
    }],
    description: "The steps stand in one extension.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if holds(&data) {
        return Ok(Outcome::Next);
    }
    let place = call.place()?;
    // The last mark is the EndIf, which is behind everything.
    for mark in CONDITION.marks(&call, &["Else", "ElseIf"])? {
        let step = call.with(|w| w.step(Some(call.id), &place.context, &place.exten, mark));
        let Some((application, data)) = step else {
            continue;
        };
        let chosen = match application.eq_ignore_ascii_case("ElseIf") {
            true => holds(&call.fill(&data).await),
            false => true,
        };
        if chosen {
            return at(&call, mark.saturating_add(1));
        }
    }
    CONDITION.leave(&call, "If")
}
