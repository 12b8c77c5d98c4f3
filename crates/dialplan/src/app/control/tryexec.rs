//! `TryExec`.

use switch::Text;

use super::exec::{perform, take_apart};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `TryExec(appname(arguments))`.
pub static TRYEXEC: App = App {
    name: "TryExec",
    module: "app_exec",
    summary: "Runs an application whose name is worked out, and goes on whatever comes of it",
    syntax: "TryExec(appname(arguments))",
    arguments: &[Argument {
        name: "appname",
        help: "The application and its arguments.",
    }],
    description: "TRYSTATUS is SUCCESS, FAILED where it would have ended the call, NOAPP where it is not \
        there.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if data.trim().is_empty() {
        return Ok(Outcome::Next);
    }
    let (name, args) = take_apart(&data);
    let args = call.fill(&args).await;
    let (status, outcome) = match perform(&call, "TryExec", &name, args).await {
        None => ("NOAPP", Outcome::Next),
        Some(Ok(Outcome::Hangup)) => ("FAILED", Outcome::Next),
        Some(Ok(outcome)) => ("SUCCESS", outcome),
        Some(Err(gone)) => return Err(gone),
    };
    call.set("TRYSTATUS", status);
    Ok(outcome)
}
