//! `Else`.

use switch::Text;

use super::block::CONDITION;
use crate::app::{App, Outcome};
use crate::call::Call;

use crate::task::Gone;

/// `Else()`.
pub static ELSE: App = App {
    name: "Else",
    module: "app_if",
    summary: "Begins the steps that run where nothing before held",
    syntax: "Else()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    CONDITION.leave(&call, "Else")
}
