//! `MixMonitor`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::monitor::{self, NotStarted, Order};
use crate::script::arguments;
use crate::task::Gone;

/// `MixMonitor(filename.extension[,options[,command]])`.
pub static MIXMONITOR: App = App {
    name: "MixMonitor",
    module: "app_mixmonitor",
    summary: "Writes what both sides say into a file while the dialplan goes on",
    syntax: "MixMonitor(filename.extension[,options[,command]])",
    arguments: &[
        Argument {
            name: "filename.extension",
            help: "The file and, as its ending, its format; in the directory monitor of the spool unless it \
                   begins with a slash.",
        },
        Argument {
            name: "options",
            help: "a: at the end of a file that is there. b: silence while the call is in no bridge. d: the \
                   files are deleted when the command is over. i(variable): its number, for \
                   StopMixMonitor. r(file): what the call says, alone. t(file): what it hears, alone. \
                   Accepted without effect: B c D m n p P s v V W.",
        },
        Argument {
            name: "command",
            help: "A program to run when the file is closed; ^{name} in it is a variable as it is now.",
        },
    ],
    description: "MIXMONITOR_FILENAME is the file with its directory.",
    dangerous: true,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 3);
    let command = arguments::nth(&args, 2).trim();
    let command = call.fill(&Text::from(command.replace("^{", "${"))).await;
    let order = Order {
        file: arguments::nth(&args, 0).trim(),
        options: arguments::nth(&args, 1),
        command: &command,
    };
    match call.with(|world| monitor::start(world, call.id, order)) {
        Ok(()) => {}
        Err(NotStarted::NoFile) => call.warn("MixMonitor", "it wants the name of a file"),
        Err(NotStarted::Refused) => call.warn("MixMonitor", "the channel has too many already"),
    }
    Ok(Outcome::Next)
}
