//! Reading `extensions.conf` into a [`Plan`](super::plan::Plan).

mod globals;
mod loader;

use std::fmt;

pub use loader::load;

/// A category of the file.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// What stands between its brackets.
    pub name: &'a str,
    /// Its lines in order.
    pub lines: &'a [Line<'a>],
}

/// A `key = value` of the file, comments gone.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Before the sign.
    pub key: &'a str,
    /// After it.
    pub value: &'a str,
    /// The name of the file.
    pub file: &'a str,
    /// Counted from one.
    pub line: u32,
}

/// A line that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the file.
    pub file: String,
    /// Counted from one.
    pub line: u32,
    /// What is wrong.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

#[cfg(test)]
mod tests;
