//! `While`.

use switch::Text;

use super::block::LOOP;
use super::branch::holds;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `While(expr)`.
pub static WHILE: App = App {
    name: "While",
    module: "app_while",
    summary: "Repeats the steps up to EndWhile while something holds",
    syntax: "While(expr)",
    arguments: &[Argument {
        name: "expr",
        help: "Nothing and 0 do not hold; all else does.",
    }],
    description: "The steps of a loop stand in one extension.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if holds(&data) {
        Ok(Outcome::Next)
    } else {
        LOOP.leave(&call, "While")
    }
}
