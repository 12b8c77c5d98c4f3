//! The administrator's commands, for the terminal and for the manager's `Command` alike.
//!
//! A command is declared once, in [`command`]: its words, its arguments and how they are completed, what
//! it does in a sentence, and the function that runs it. [`run`] finds the command that a line means and
//! gives back its text; [`complete`] says how a line may go on. What the commands show is either asked of
//! the engine, one request at a time, or of the [`Host`] that the daemon hands in, so nothing here opens
//! a file or a socket of its own.
//!
//! Columns and sentences that scripts parse are those of Asterisk.
#![forbid(unsafe_code)]

pub mod command;
mod complete;
mod cx;
pub mod host;
mod line;
mod resolve;
#[cfg(test)]
mod tests;

pub use complete::{Completion, complete};
pub use cx::Cx;
pub use host::Host;
pub use resolve::run;

/// What a command says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Whether it did what it was asked; the manager answers `Error` otherwise.
    pub success: bool,
    /// Its lines, each with its line end.
    pub text: String,
}
