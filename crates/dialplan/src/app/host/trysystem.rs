//! `TrySystem`.

use switch::Text;

use super::system::perform;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `TrySystem(command)`.
pub static TRYSYSTEM: App = App {
    name: "TrySystem",
    module: "app_system",
    summary: "Runs a program of the host, and goes on whatever comes of it",
    syntax: "TrySystem(command)",
    arguments: &[Argument {
        name: "command",
        help: "The command line, for the shell.",
    }],
    description: "SYSTEMSTATUS is as System sets it.",
    dangerous: true,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    perform(&call, "TrySystem", data).await?;
    Ok(Outcome::Next)
}
