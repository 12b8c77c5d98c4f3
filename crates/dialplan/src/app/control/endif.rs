//! `EndIf`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `EndIf()`.
pub static ENDIF: App = App {
    name: "EndIf",
    module: "app_if",
    summary: "Ends the steps of If",
    syntax: "EndIf()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(_: Call, _: Text) -> Result<Outcome, Gone> {
    Ok(Outcome::Next)
}
