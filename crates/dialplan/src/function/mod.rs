//! The functions that may stand inside `${ }` and on the left of a `Set`, one file each.
//!
//! A function's file declares it once: its help, who may call it, and what it does. [`ALL`] lists them;
//! [`find`] looks one up. A function sees the call through [`Env`], or, where it has to wait, through the
//! [`Scope`] that variables are filled in from.

mod arithmetic;
mod call;
mod coding;
mod database;
mod dialplan;
mod json;
mod list;
mod logic;
mod party;
mod path;
mod state;
mod string;
mod system;
mod table;
mod time;
mod variable;

use std::any::Any;
use std::fmt;

use jiff::tz::TimeZone;

use crate::script::timespec::{self, Moment};
use crate::script::{Reference, Reply, Scope, arguments};

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

/// Every function, in alphabetical order.
pub static ALL: &[&Function] = &[
    &arithmetic::ABS,
    &coding::AES_DECRYPT,
    &coding::AES_ENCRYPT,
    &list::ARRAY,
    &coding::BASE64_DECODE,
    &coding::BASE64_ENCODE,
    &path::BASENAME,
    &call::CALLERID,
    &call::CDR,
    &call::CDR_PROP,
    &call::CHANNEL,
    &call::CHANNELS,
    &call::CHANNEL_EXISTS,
    &call::CONNECTEDLINE,
    &string::CSV_QUOTE,
    &list::CUT,
    &database::DB,
    &database::DB_DELETE,
    &database::DB_EXISTS,
    &database::DB_KEYCOUNT,
    &database::DB_KEYS,
    &arithmetic::DEC,
    &logic::DELETE,
    &state::DEVICE_STATE,
    &dialplan::DIALPLAN_EXISTS,
    &arithmetic::DIGIT_SUM,
    &path::DIRNAME,
    &system::ENV,
    &string::EVAL,
    &dialplan::EVAL_EXTEN,
    &dialplan::EVAL_SUB,
    &dialplan::EXCEPTION,
    &logic::EXISTS,
    &variable::EXPORT,
    &state::EXTENSION_STATE,
    &list::FIELDNUM,
    &list::FIELDQTY,
    &string::FILTER,
    &variable::GLOBAL,
    &variable::GLOBAL_DELETE,
    &variable::GLOBAL_EXISTS,
    &call::GROUP,
    &call::GROUP_COUNT,
    &call::GROUP_LIST,
    &call::GROUP_MATCH_COUNT,
    &call::HANGUPCAUSE,
    &call::HANGUPCAUSE_KEYS,
    &table::HASH,
    &table::HASHKEYS,
    &state::HINT,
    &logic::IF,
    &system::IFMODULE,
    &logic::IFTIME,
    &variable::IMPORT,
    &arithmetic::INC,
    &logic::ISNULL,
    &json::JSON_DECODE,
    &string::KEYPADHASH,
    &string::LEN,
    &list::LISTFILTER,
    &variable::LOCAL,
    &variable::LOCAL_PEEK,
    &string::LTRIM,
    &variable::MASTER_CHANNEL,
    &arithmetic::MATH,
    &arithmetic::MAX,
    &coding::MD5,
    &arithmetic::MIN,
    &string::PASSTHRU,
    &list::POP,
    &state::PRESENCE_STATE,
    &list::PUSH,
    &string::QUOTE,
    &arithmetic::RAND,
    &call::REDIRECTING,
    &string::REGEX,
    &string::REPLACE,
    &string::RTRIM,
    &call::SAYFILES,
    &logic::SET,
    &coding::SHA1,
    &variable::SHARED,
    &system::SHELL,
    &list::SHIFT,
    &list::SORT,
    &string::SPRINTF,
    &dialplan::STACK_PEEK,
    &system::STAT,
    &string::STRBETWEEN,
    &time::STRFTIME,
    &time::STRPTIME,
    &string::STRREPLACE,
    &system::SYSINFO,
    &call::TIMEOUT,
    &string::TOLOWER,
    &string::TOUPPER,
    &string::TRIM,
    &list::UNSHIFT,
    &coding::URIDECODE,
    &coding::URIENCODE,
    &arithmetic::UUID,
    &logic::VARIABLE_EXISTS,
    &system::VERSION,
];

/// Looks a function up by its name.
pub fn find(name: &str) -> Option<&'static Function> {
    ALL.binary_search_by(|function| function.name.cmp(name))
        .ok()
        .and_then(|at| ALL.get(at).copied())
}

/// What would stand for `${reference}`: a variable, or a function that does not have to wait; what is not
/// there is empty. For functions that are given the name of a value and not the value. Functions that
/// reach past the call are refused, since nobody knows here on whose behalf it is.
pub fn value_of(env: &mut dyn Env, reference: &str) -> String {
    let reference = Reference::parse(reference);
    let value = match reference.call {
        None => env.variable(reference.name).unwrap_or_default(),
        Some(args) => read_now(env, reference.name, args).unwrap_or_else(|error| {
            env.warn(format!("Function {}: {error}", reference.name));
            String::new()
        }),
    };
    reference.slice.of(value)
}

/// Sets a variable, or assigns to a function when the target is written as one. Functions that reach past
/// the call are refused, as in [`value_of`].
pub fn assign(env: &mut dyn Env, target: &str, value: &str) -> Result<(), FunctionError> {
    let Some((name, args)) = arguments::call(target) else {
        env.set_variable(target, value);
        return Ok(());
    };
    let function = find(name).ok_or(FunctionError::Unknown)?;
    if function.escalates.on_write() {
        return Err(FunctionError::Refused);
    }
    let write = function.write.ok_or(FunctionError::NotWritable)?;
    write(env, args, value)
}

fn read_now(env: &mut dyn Env, name: &str, args: &str) -> Result<String, FunctionError> {
    let function = find(name).ok_or(FunctionError::Unknown)?;
    match function.read {
        Some(_) if function.escalates.on_read() => Err(FunctionError::Refused),
        Some(Read::Now(read)) => read(env, args),
        Some(Read::Later(_)) => Err(FunctionError::failed(
            "it has to wait, which it cannot here",
        )),
        None => Err(FunctionError::NotReadable),
    }
}

/// The moment it is for a function.
fn moment(env: &dyn Env) -> Moment {
    Moment {
        microseconds: env.now(),
        zone: timespec::zone(env.zone()).unwrap_or(TimeZone::UTC),
    }
}

/// Reads the number that a text begins with, as C's `%lf` does.
fn number(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = |from: usize| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut end = sign + digits(sign);
    if text.as_bytes().get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    if let Some(b'e' | b'E') = text.as_bytes().get(end) {
        let signed = usize::from(matches!(text.as_bytes().get(end + 1), Some(b'-' | b'+')));
        let exponent = digits(end + 1 + signed);
        end += if exponent == 0 {
            0
        } else {
            1 + signed + exponent
        };
    }
    text.get(..end)?.parse().ok()
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
