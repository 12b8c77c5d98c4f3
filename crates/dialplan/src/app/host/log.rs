//! `Log`.

use switch::Text;
use switch::fact::Level;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Log(level,message)`.
pub static LOG: App = App {
    name: "Log",
    module: "app_verbose",
    summary: "Writes a line into the log",
    syntax: "Log(level,message)",
    arguments: &[
        Argument {
            name: "level",
            help: "ERROR, WARNING, NOTICE, DEBUG or VERBOSE.",
        },
        Argument {
            name: "message",
            help: "The line; where in the dialplan it comes from is put before it.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let (level, message) = data.split_once(',').unwrap_or((&data, ""));
    let level = match level.trim().to_ascii_uppercase().as_str() {
        "ERROR" => Level::Error,
        "WARNING" => Level::Warning,
        "NOTICE" => Level::Notice,
        "DEBUG" => Level::Debug,
        "VERBOSE" => Level::Verbose(0),
        other => {
            call.warn("Log", format!("{other:?} is not a level of the log"));
            return Ok(Outcome::Next);
        }
    };
    let place = call.place()?;
    let text = format!(
        "[{}@{}:{}] {message}",
        place.exten, place.context, place.priority
    );
    call.with(|world| world.log(level, "Log", text));
    Ok(Outcome::Next)
}
