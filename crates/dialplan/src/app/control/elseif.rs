//! `ElseIf`.

use switch::Text;

use super::block::CONDITION;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `ElseIf(expr)`.
pub static ELSEIF: App = App {
    name: "ElseIf",
    module: "app_if",
    summary: "Begins steps that run where nothing before held and this does",
    syntax: "ElseIf(expr)",
    arguments: &[Argument {
        name: "expr",
        help: "Nothing and 0 do not hold; all else does.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    CONDITION.leave(&call, "ElseIf")
}
