//! `NoOp`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `NoOp([text])`.
pub static NOOP: App = App {
    name: "NoOp",
    module: "core",
    summary: "Does nothing",
    syntax: "NoOp([text])",
    arguments: &[Argument {
        name: "text",
        help: "Anything; those who watch the dialplan see it.",
    }],
    description: "What stands in its text is filled in as for every application, which can have effects.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(_: Call, _: Text) -> Result<Outcome, Gone> {
    Ok(Outcome::Next)
}
