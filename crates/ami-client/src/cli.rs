//! The command line client `ami`.

mod action;
mod check;
mod command;
mod connection;
mod describe;
mod events;
mod failure;
mod filter;
mod json;
mod load;
mod originate;
mod ping;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use connection::Connection;
use failure::Failure;
pub(crate) use terminal::Terminal;

/// Runs `ami` with the arguments of this process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = std::io::stdout().lock();
    let mut err = std::io::stderr().lock();
    let mut terminal = Terminal::new(&mut out, &mut err, terminal::is_colourful());
    ExitCode::from(run(&arguments, &mut terminal))
}

/// Does what the arguments say; the exit status.
pub(crate) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> u8 {
    terminal.json = arguments.json;
    let done = dispatch(arguments, terminal).and_then(|()| Ok(terminal.out.flush()?));
    match done {
        Ok(()) => 0,
        Err(failure) => {
            if !failure.is_closed_output() {
                terminal.complain(&failure.to_string());
            }
            failure.status()
        }
    }
}

fn dispatch(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
    let connection = &arguments.connection;
    match &arguments.command {
        Command::Ping(ping) => block_on(ping.run(connection, terminal)),
        Command::Action(action) => block_on(action.run(connection, terminal)),
        Command::Events(events) => block_on(events.run(connection, terminal)),
        Command::Command(command) => block_on(command.run(connection, terminal)),
        Command::Originate(originate) => block_on(originate.run(connection, terminal)),
        Command::Actions => describe::list(terminal),
        Command::Describe(describe) => describe.run(terminal),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            clap_complete::generate(*shell, &mut command, "ami", terminal.out);
            Ok(())
        }
        Command::Load(load) => load.run(connection, terminal),
    }
}

fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// The manager interface (AMI) of an Asterisk or a Smartswitch, on the command line.
#[derive(Debug, Parser)]
#[command(name = "ami", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Prints JSON, one object a line.
    #[arg(long, global = true)]
    json: bool,

    #[command(flatten)]
    connection: Connection,

    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Where to connect comes from the flags, else from the environment (AMI_HOST, AMI_PORT, AMI_USER, \
AMI_SECRET, AMI_AUTH), else from a file of lines `host = …`, `port = …`, `user = …`, `secret = …`, \
`auth = md5|plain`: the one that --file or AMI_FILE names, or ~/.config/ami.conf.

Exit status: 0 done; 1 the switch refused; 2 it could not be asked (wrong arguments, no connection, login \
refused, no answer in time).";

#[derive(Debug, Subcommand)]
enum Command {
    /// Asks whether the switch is there, and says how long the answer took.
    Ping(ping::Ping),
    /// Does any action, and prints its answer.
    Action(action::Action),
    /// Shows events as they come.
    Events(events::Events),
    /// Runs a console command, and prints its output.
    Command(command::Command),
    /// Starts a call.
    Originate(originate::Originate),
    /// Lists the actions that are known here.
    Actions,
    /// Explains an action or an event.
    Describe(describe::Describe),
    /// Prints the completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Puts load on a switch and measures what it carries.
    Load(load::Load),
}
