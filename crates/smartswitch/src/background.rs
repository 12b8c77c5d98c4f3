//! Starting in the background, as Asterisk does without -f and -c: the prompt comes back once the switch
//! is up, or its status once it failed to come up.
//!
//! A process that has threads cannot fork, and forking before there are any would leave nobody to tell how
//! the start went. So the switch starts itself once more with `--detached`, and waits for that one to say
//! on its standard output that it is up.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Command, ExitCode, Stdio};

use nix::unistd;

use crate::process;

/// What the detached switch says when it is up.
const UP: &str = "up";

/// Starts this program in the background and waits until it is up.
pub(crate) fn start() -> io::Result<ExitCode> {
    let mut child = Command::new(process::program()?)
        .args(std::env::args_os().skip(1))
        .arg("--detached")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(said) = child.stdout.take() {
        for line in BufReader::new(said).lines() {
            if line? == UP {
                return Ok(ExitCode::SUCCESS);
            }
        }
    }
    // It closed its output without that: it has ended, or is about to.
    let status = child.wait()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// In the detached switch: leaves the terminal's session, so that its end does not end us.
pub(crate) fn leave_session() {
    // It fails where we lead a session already: after a restart.
    let _ = unistd::setsid();
}

/// In the detached switch: says that it is up, and lets go of the terminal.
pub(crate) fn up() -> io::Result<()> {
    // Whoever started us may have been killed; that must not end us.
    let _ = writeln!(io::stdout(), "{UP}").and_then(|()| io::stdout().flush());
    let null = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open("/dev/null")?;
    unistd::dup2_stdout(&null)?;
    unistd::dup2_stderr(&null)?;
    Ok(())
}
