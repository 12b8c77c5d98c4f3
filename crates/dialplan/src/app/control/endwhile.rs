//! `EndWhile`.

use switch::Text;

use super::block::LOOP;
use crate::app::{App, Outcome};
use crate::call::Call;

use crate::task::Gone;

/// `EndWhile()`.
pub static ENDWHILE: App = App {
    name: "EndWhile",
    module: "app_while",
    summary: "Ends the steps that While repeats",
    syntax: "EndWhile()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    LOOP.repeat(&call, "EndWhile")
}
