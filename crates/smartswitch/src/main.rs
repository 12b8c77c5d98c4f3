//! The daemon, and its console.
//!
//! `smartswitch` is a switch; with `-r` or `-x` it is the console of one that runs. Asterisk's letters mean
//! what they mean there, so a link named `asterisk` serves scripts that were written for it.
#![forbid(unsafe_code)]

mod answers;
mod arguments;
mod background;
mod call_records;
mod control;
mod counters;
mod daemon;
mod defaults;
mod details;
mod directories;
mod features;
mod files;
mod house;
mod indications;
mod log;
mod modules;
mod notify;
mod options;
mod phones;
mod place;
mod process;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;

use arguments::Arguments;
use control::client::{Connection, Hello, unreachable};
use control::terminal::{self, End};
use place::Place;

/// Thousands of short-lived calls leave the system's allocator with memory that it cannot give back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long a patient console waits before it knocks again.
const KNOCK_AGAIN: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            // Help is no failure; nobody is left to tell when printing fails.
            let _ = e.print();
            return if e.use_stderr() {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    if arguments.version {
        return match writeln!(io::stdout(), "{}", house::version_line()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    match Place::find(&arguments) {
        Ok(place) if arguments.is_client() => client(&place, &arguments),
        Ok(place) => daemon::run(place, &arguments),
        Err(why) => daemon::fail(&why),
    }
}

/// A console of a switch that runs.
fn client(place: &Place, arguments: &Arguments) -> ExitCode {
    let socket = &place.directories.socket;
    let colours = !place.options.no_color && io::stdout().is_terminal();
    let hello = Hello {
        log: arguments.execute.is_none() && !arguments.mute,
        colours,
        timestamps: place.options.timestamps,
        verbosity: (arguments.verbose > 0).then_some(arguments.verbose),
    };
    loop {
        let mut connection = match Connection::open(socket, hello) {
            Ok(connection) => connection,
            Err(_) if arguments.remote_patient => {
                std::thread::sleep(KNOCK_AGAIN);
                continue;
            }
            Err(_) => {
                // Nobody is left to tell when this fails too.
                let _ = writeln!(io::stderr(), "{}", unreachable(socket));
                return ExitCode::FAILURE;
            }
        };
        if let Some(line) = &arguments.execute {
            return match connection.execute(line, &mut io::stdout().lock()) {
                // Whoever reads the output has read enough.
                Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
                Err(e) => daemon::fail(&[e.to_string()]),
                Ok(()) => ExitCode::SUCCESS,
            };
        }
        if !place.options.quiet {
            let _ = writeln!(io::stdout(), "{}", connection.welcome);
        }
        match terminal::run(connection, colours) {
            Ok(End::Disconnected) if arguments.remote_patient => {}
            Ok(_) => return ExitCode::SUCCESS,
            Err(e) => return daemon::fail(&[e.to_string()]),
        }
    }
}
