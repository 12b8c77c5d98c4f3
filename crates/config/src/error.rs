//! What can be wrong with a configuration, and where.

use std::fmt;
use std::sync::Arc;

/// Something wrong at one place. Displays as `extensions.conf:12: no closing ']'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, named as it was asked for; for the output of a command, `#exec` and the command.
    pub file: Arc<str>,
    /// The line, counted from 1; 0 if it is about the file as a whole.
    pub line: u32,
    /// What is wrong, without place, capital or full stop.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.text),
            line => write!(f, "{}:{line}: {}", self.file, self.text),
        }
    }
}

impl std::error::Error for Problem {}

/// Why a configuration could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// There is no file of that name. (A missing `#include` is [`Error::Invalid`].)
    NotFound(String),
    /// The file or one that it includes cannot be taken as it is; never empty, in order of reading.
    Invalid(Vec<Problem>),
}

impl Error {
    /// The places at fault; none if the file does not exist.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Error::NotFound(_) => &[],
            Error::Invalid(problems) => problems,
        }
    }
}

impl fmt::Display for Error {
    /// One line a problem.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound(file) => write!(f, "{file}: no such file"),
            Error::Invalid(problems) => {
                for (n, problem) in problems.iter().enumerate() {
                    let separator = if n == 0 { "" } else { "\n" };
                    write!(f, "{separator}{problem}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Error::Invalid(vec![problem])
    }
}
