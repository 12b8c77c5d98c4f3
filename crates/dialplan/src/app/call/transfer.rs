//! `Transfer`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Transfer([Tech/]destination)`.
pub static TRANSFER: App = App {
    name: "Transfer",
    module: "app_transfer",
    summary: "Asks the far end to call somebody else",
    syntax: "Transfer([Tech/]destination)",
    arguments: &[Argument {
        name: "dest",
        help: "Whom to call; with a technology, only channels of it do so.",
    }],
    description: "TRANSFERSTATUS is SUCCESS, FAILURE, or UNSUPPORTED where the channel cannot ask.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let technology = call.view()?.technology;
    let other = data
        .split_once('/')
        .is_some_and(|(wanted, _)| !wanted.eq_ignore_ascii_case(technology));
    // No channel of ours can ask its far end yet.
    let status = if data.is_empty() || other {
        "FAILURE"
    } else {
        "UNSUPPORTED"
    };
    call.set("TRANSFERSTATUS", status);
    call.set("TRANSFERSTATUSPROTOCOL", "0");
    Ok(Outcome::Next)
}
