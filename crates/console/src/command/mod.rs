//! The commands, a file for each family, in explicit lists.

mod bridge;
mod channel;
mod config;
mod core;
mod database;
mod devstate;
mod dialplan;
mod help;
mod indication;
mod logger;
mod manager;
mod module;
mod moh;
mod pjsip;
mod presencestate;
mod rtp;
mod source;

use crate::Cx;
use crate::host::Answering;

pub use source::Source;

/// All commands, by family.
pub const COMMANDS: &[&[Command]] = &[
    bridge::COMMANDS,
    channel::COMMANDS,
    config::COMMANDS,
    core::applications::COMMANDS,
    core::channels::COMMANDS,
    core::codecs::COMMANDS,
    core::control::COMMANDS,
    core::functions::COMMANDS,
    core::hints::COMMANDS,
    core::settings::COMMANDS,
    core::uptime::COMMANDS,
    database::COMMANDS,
    devstate::COMMANDS,
    dialplan::channel::COMMANDS,
    dialplan::edit::COMMANDS,
    dialplan::globals::COMMANDS,
    dialplan::load::COMMANDS,
    dialplan::show::COMMANDS,
    help::COMMANDS,
    indication::COMMANDS,
    logger::COMMANDS,
    manager::actions::COMMANDS,
    manager::events::COMMANDS,
    manager::sessions::COMMANDS,
    manager::users::COMMANDS,
    moh::COMMANDS,
    module::COMMANDS,
    pjsip::channels::COMMANDS,
    pjsip::counters::COMMANDS,
    pjsip::figures::COMMANDS,
    pjsip::history::COMMANDS,
    pjsip::objects::COMMANDS,
    pjsip::registrations::COMMANDS,
    pjsip::send::COMMANDS,
    pjsip::settings::COMMANDS,
    pjsip::subscriptions::COMMANDS,
    presencestate::COMMANDS,
    rtp::COMMANDS,
];

/// A command, declared once.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its fixed words. A word in braces is one of several, one in brackets may be left out:
    /// `core show channels [concise|verbose|count]`.
    pub words: &'static str,
    /// What follows them, for people to read, such as `<family> <key>`.
    pub arguments: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// More about it; may be empty.
    pub details: &'static str,
    /// The module that offers it; `core` cannot be unloaded.
    pub module: &'static str,
    /// What each of the arguments may be.
    pub complete: &'static [Source],
    /// Does it.
    pub run: for<'a> fn(&'a Cx, &'a Args<'a>) -> Answering<'a, Answer>,
}

impl Command {
    /// How it is typed and what it does.
    pub fn usage(&self) -> String {
        let blank = if self.arguments.is_empty() { "" } else { " " };
        let mut text = format!("Usage: {}{blank}{}\n", self.words, self.arguments);
        let details = if self.details.is_empty() {
            self.summary
        } else {
            self.details
        };
        for line in details.lines() {
            text.push_str(&format!("       {line}\n"));
        }
        text
    }
}

/// The words of the line that a command was found for.
#[derive(Debug, Clone, Copy)]
pub struct Args<'a> {
    /// All words.
    pub words: &'a [String],
    /// How many of them are the command's own.
    pub fixed: usize,
}

impl<'a> Args<'a> {
    /// The words behind the command's own.
    pub fn rest(&self) -> &'a [String] {
        self.words.get(self.fixed..).unwrap_or_default()
    }

    /// The last of the command's own words, in lower case: which of several was typed.
    pub fn choice(&self) -> String {
        self.fixed
            .checked_sub(1)
            .and_then(|at| self.words.get(at))
            .map_or(String::new(), |word| word.to_ascii_lowercase())
    }
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It did what it was asked, and says this.
    Done(String),
    /// It did not, and says why.
    Failed(String),
    /// It was typed wrongly.
    Usage,
}

impl Answer {
    /// The answer where the engine has ended.
    pub(crate) fn ended() -> Answer {
        Answer::Failed("The switch is shutting down.\n".to_owned())
    }
}

/// `hours:minutes:seconds`.
pub(crate) fn clock(span: std::time::Duration) -> String {
    let seconds = span.as_secs();
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// `s` where it is not one.
pub(crate) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Whether `Yes` or `No`.
pub(crate) fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
