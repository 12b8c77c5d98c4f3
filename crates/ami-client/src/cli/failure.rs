//! Why a command did not do what it should, and the exit status that says so.

use std::fmt;
use std::io;

use crate::Error;

/// What ends a command early. Prints as one line.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was asked for makes no sense, or something is missing.
    Usage(String),
    /// The switch, or the way to it.
    Client(Error),
    /// A file, a socket or the output.
    Io(io::Error),
    /// A measurement came to nothing.
    Load(String),
}

impl Failure {
    /// The exit status: 1 when the switch answered that it will not, else 2. Output that nobody reads any
    /// more, as under `| head`, is no failure.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Client(Error::Refused { .. }) => 1,
            _ if self.is_closed_output() => 0,
            _ => 2,
        }
    }

    pub(crate) fn is_closed_output(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Load(text) => f.write_str(text),
            Self::Client(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Client(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
