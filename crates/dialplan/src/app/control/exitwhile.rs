//! `ExitWhile`.

use switch::Text;

use super::block::LOOP;
use crate::app::{App, Outcome};
use crate::call::Call;

use crate::task::Gone;

/// `ExitWhile()`.
pub static EXITWHILE: App = App {
    name: "ExitWhile",
    module: "app_while",
    summary: "Leaves the loop of While",
    syntax: "ExitWhile()",
    arguments: &[],
    description: "The step behind EndWhile follows.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    LOOP.leave(&call, "ExitWhile")
}
