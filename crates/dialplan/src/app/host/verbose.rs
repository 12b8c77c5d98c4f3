//! `Verbose`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Verbose([level,]message)`.
pub static VERBOSE: App = App {
    name: "Verbose",
    module: "app_verbose",
    summary: "Writes a line for those who watch the dialplan",
    syntax: "Verbose([level,]message)",
    arguments: &[
        Argument {
            name: "level",
            help: "Who sees it: those who watch at this level or above; 0 if left out.",
        },
        Argument {
            name: "message",
            help: "The line.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let (level, message) = match data.split_once(',') {
        Some((level, message)) => match level.trim().parse::<u8>() {
            Ok(level) => (level, message),
            Err(_) => {
                call.warn("Verbose", format!("{level:?} is not a level; 0 is taken"));
                (0, message)
            }
        },
        None => (0, &*data),
    };
    call.verbose(level, || message.to_owned());
    Ok(Outcome::Next)
}
