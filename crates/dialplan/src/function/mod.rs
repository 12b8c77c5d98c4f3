//! The functions that may stand inside `${ }` and on the left of a `Set`, one file each.
//!
//! A function's file declares it once: its help, who may call it, and what it does. [`ALL`] lists them;
//! [`find`] looks one up. A function sees the call through [`Env`], or, where it has to wait, through the
//! [`Scope`] that variables are filled in from.

mod arithmetic;
mod by_name;
mod call;
mod catalogue;
mod coding;
mod database;
mod dialplan;
mod json;
mod list;
mod logic;
mod party;
mod path;
mod sip;
mod sound;
mod state;
mod string;
mod system;
mod table;
mod texting;
mod time;
mod variable;

use std::any::Any;
use std::fmt;

pub use by_name::{assign, find, value_of};
pub use catalogue::ALL;

use by_name::{moment, number};

use crate::script::{Reply, Scope};

/// A function, as it is declared.
#[derive(Debug)]
pub struct Function {
    /// Its name. Upper and lower case differ.
    pub name: &'static str,
    /// The module that brings it.
    pub module: &'static str,
    /// What it is for, in a line.
    pub summary: &'static str,
    /// How it is written, such as `LEN(string)`.
    pub syntax: &'static str,
    /// Its arguments, in order.
    pub arguments: &'static [Argument],
    /// Which uses of it are refused to those who speak to the switch from outside.
    pub escalates: Escalates,
    /// What it yields inside `${ }`, if it may stand there.
    pub read: Option<Read>,
    /// What assigning to it does, if that is allowed.
    pub write: Option<Write>,
}

/// An argument of a function.
#[derive(Debug)]
pub struct Argument {
    /// Its name in the syntax.
    pub name: &'static str,
    /// What it means.
    pub help: &'static str,
}

/// Which uses of a function reach past the call, to files or programs, and so are refused to AMI clients
/// and the like unless `live_dangerously` is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalates {
    /// None.
    No,
    /// Reading it.
    Read,
    /// Assigning to it.
    Write,
    /// Both.
    Both,
}

impl Escalates {
    /// Whether reading is refused to outsiders.
    pub fn on_read(self) -> bool {
        matches!(self, Escalates::Read | Escalates::Both)
    }

    /// Whether assigning is refused to outsiders.
    pub fn on_write(self) -> bool {
        matches!(self, Escalates::Write | Escalates::Both)
    }
}

/// How a function is read.
#[derive(Debug, Clone, Copy)]
pub enum Read {
    /// At once.
    Now(fn(&mut dyn Env, &str) -> Result<String, FunctionError>),
    /// When something else has answered: a file, a database, other functions.
    Later(for<'a> fn(&'a dyn Scope, &'a str) -> Reply<'a>),
}

/// How a function is assigned to: the arguments, then the value.
pub type Write = fn(&mut dyn Env, &str, &str) -> Result<(), FunctionError>;

/// What a function sees of the call that it runs in.
pub trait Env {
    /// The value of a variable, if it is set.
    fn variable(&self, name: &str) -> Option<String>;
    /// Sets a variable.
    fn set_variable(&mut self, name: &str, value: &str);
    /// Takes a variable away.
    fn delete_variable(&mut self, name: &str);
    /// The names of the call's variables that begin so, the newest first.
    fn variables_with_prefix(&self, prefix: &str) -> Vec<String>;
    /// The time, in microseconds since 1970 UTC.
    fn now(&self) -> u64;
    /// A random number.
    fn random(&mut self) -> u64;
    /// The name of the time zone that the switch stands in, such as `Europe/Berlin`.
    fn zone(&self) -> &str;
    /// Writes a warning to the log.
    fn warn(&mut self, text: String);
    /// The call itself, for functions that know what stands behind.
    fn as_any(&mut self) -> &mut dyn Any;
}

/// Why a function gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FunctionError {
    /// No function has that name.
    Unknown,
    /// It can only be assigned to.
    NotReadable,
    /// It can only be read.
    NotWritable,
    /// It reaches past the call, and the caller is an outsider.
    Refused,
    /// The arguments, or what they name, will not do; the text says why.
    Failed(String),
}

impl FunctionError {
    /// An error with a text of its own.
    pub fn failed(text: impl Into<String>) -> Self {
        FunctionError::Failed(text.into())
    }
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FunctionError::Unknown => f.write_str("no such function"),
            FunctionError::NotReadable => f.write_str("it cannot be read"),
            FunctionError::NotWritable => f.write_str("it cannot be assigned to"),
            FunctionError::Refused => f.write_str("it is not open to outside callers"),
            FunctionError::Failed(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for FunctionError {}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
