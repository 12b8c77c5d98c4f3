//! `System`, and how applications run programs.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;
use crate::world::{Answer, Question};

/// `System(command)`.
pub static SYSTEM: App = App {
    name: "System",
    module: "app_system",
    summary: "Runs a program of the host; where it cannot, ends the call",
    syntax: "System(command)",
    arguments: &[Argument {
        name: "command",
        help: "The command line, for the shell.",
    }],
    description: "SYSTEMSTATUS is SUCCESS, APPERROR where the program failed, or FAILURE where it could \
        not be run. The configuration has to allow programs.",
    dangerous: true,
    run: |call, data| Box::pin(run(call, data)),
};

/// What a shell ends with that does not find the program.
const NOT_FOUND: i32 = 127;

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    match perform(&call, "System", data).await? {
        true => Ok(Outcome::Next),
        false => Ok(Outcome::Hangup),
    }
}

/// Runs a command line and sets `SYSTEMSTATUS`; false where it could not be run.
pub(super) async fn perform(
    call: &Call,
    application: &'static str,
    command: Text,
) -> Result<bool, Gone> {
    let status = if command.trim().is_empty() {
        call.warn(application, "it wants a command");
        "FAILURE"
    } else if !call.with(|world| world.rules.programs_allowed) {
        call.warn(application, "the configuration does not allow programs");
        "FAILURE"
    } else {
        // A hangup does not end the waiting: programs run in the h extension, too.
        match call
            .task
            .ask(
                None,
                Question::Run {
                    command,
                    output: false,
                },
            )
            .await?
        {
            Answer::Ran {
                status: Some(0), ..
            } => "SUCCESS",
            Answer::Ran {
                status: Some(NOT_FOUND) | None,
                ..
            } => "FAILURE",
            Answer::Ran { .. } => "APPERROR",
            answer => {
                call.warn(application, format!("the program was not run: {answer:?}"));
                "FAILURE"
            }
        }
    };
    call.set("SYSTEMSTATUS", status);
    Ok(status != "FAILURE")
}
