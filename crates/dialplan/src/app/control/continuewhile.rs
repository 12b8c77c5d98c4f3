//! `ContinueWhile`.

use switch::Text;

use super::block::LOOP;
use crate::app::{App, Outcome};
use crate::call::Call;

use crate::task::Gone;

/// `ContinueWhile()`.
pub static CONTINUEWHILE: App = App {
    name: "ContinueWhile",
    module: "app_while",
    summary: "Goes back to While at once",
    syntax: "ContinueWhile()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    LOOP.repeat(&call, "ContinueWhile")
}
