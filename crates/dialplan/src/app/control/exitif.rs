//! `ExitIf`.

use switch::Text;

use super::block::CONDITION;
use crate::app::{App, Outcome};
use crate::call::Call;

use crate::task::Gone;

/// `ExitIf()`.
pub static EXITIF: App = App {
    name: "ExitIf",
    module: "app_if",
    summary: "Leaves the steps of If",
    syntax: "ExitIf()",
    arguments: &[],
    description: "The step behind EndIf follows.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    CONDITION.leave(&call, "ExitIf")
}
