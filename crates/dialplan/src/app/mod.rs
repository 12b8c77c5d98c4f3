//! The applications that a step of the dialplan may name, one file each.
//!
//! An application's file declares it once: its help and what it does, as a coroutine that acts on a
//! [`Call`]. [`ALL`] lists them; [`find_loaded`] looks one up among the loaded modules.

pub mod call;
pub mod control;
pub mod event;
pub mod host;
pub mod message;
pub(crate) mod options;
pub mod routine;
pub mod sound;
pub mod variable;

use std::future::Future;
use std::pin::Pin;

use rustc_hash::FxHashMap;
use switch::Text;

use crate::call::{Call, Place};
use crate::function::Argument;
use crate::task::Gone;
use crate::world::World;

/// An application, as it is declared.
#[derive(Debug)]
pub struct App {
    /// Its name, as help and events show it. Upper and lower case do not differ in the dialplan.
    pub name: &'static str,
    /// The module that brings it.
    pub module: &'static str,
    /// What it is for, in a line.
    pub summary: &'static str,
    /// How it is written, such as `Wait(seconds)`.
    pub syntax: &'static str,
    /// Its arguments and options, in order.
    pub arguments: &'static [Argument],
    /// More to know, in our own words; may be empty.
    pub description: &'static str,
    /// Whether it can reach outside the call, to programs or files: an Originate from the wire may not
    /// name it without more permission.
    pub dangerous: bool,
    /// What it does, with its arguments filled in.
    pub run: fn(Call, Text) -> Running,
}

/// An application at work.
pub type Running = Pin<Box<dyn Future<Output = Result<Outcome, Gone>>>>;

/// How an application ended, where the call is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The next step follows.
    Next,
    /// Another step follows.
    Goto(Place),
    /// A digit came that is to be dialled.
    Digit(char),
    /// The extension needs more digits.
    Incomplete,
    /// The call is to be hung up.
    Hangup,
}

impl App {
    /// Its name as text that a snapshot can hold.
    pub fn shared_name(&self) -> Text {
        thread_local! {
            static NAMES: std::cell::RefCell<FxHashMap<&'static str, Text>> = Default::default();
        }
        NAMES.with_borrow_mut(|names| {
            names
                .entry(self.name)
                .or_insert_with(|| Text::from(self.name))
                .clone()
        })
    }
}

/// Every application, in alphabetical order of their names in lower case.
pub static ALL: &[&App] = &[
    &call::answer::ANSWER,
    &sound::background::BACKGROUND,
    &sound::backgrounddetect::BACKGROUNDDETECT,
    &call::bridge::BRIDGE,
    &call::busy::BUSY,
    &event::celgenuserevent::CELGENUSEREVENT,
    &control::channelredirect::CHANNELREDIRECT,
    &variable::clearhash::CLEARHASH,
    &call::congestion::CONGESTION,
    &control::continuewhile::CONTINUEWHILE,
    &sound::controlplayback::CONTROLPLAYBACK,
    &sound::datetime::DATETIME,
    &host::dbdeltree::DBDELTREE,
    &call::dial::DIAL,
    &host::dumpchan::DUMPCHAN,
    &sound::echo::ECHO,
    &control::r#else::ELSE,
    &control::elseif::ELSEIF,
    &control::endif::ENDIF,
    &control::endwhile::ENDWHILE,
    &control::exec::EXEC,
    &control::execif::EXECIF,
    &control::execiftime::EXECIFTIME,
    &control::exitif::EXITIF,
    &control::exitwhile::EXITWHILE,
    &event::forkcdr::FORKCDR,
    &routine::gosub::GOSUB,
    &routine::gosubif::GOSUBIF,
    &control::goto::GOTO,
    &control::gotoif::GOTOIF,
    &control::gotoiftime::GOTOIFTIME,
    &call::hangup::HANGUP,
    &call::hangupcauseclear::HANGUPCAUSECLEAR,
    &control::r#if::IF,
    &variable::importvar::IMPORTVAR,
    &control::incomplete::INCOMPLETE,
    &host::log::LOG,
    &message::messagesend::MESSAGESEND,
    &sound::milliwatt::MILLIWATT,
    &sound::mixmonitor::MIXMONITOR,
    &variable::mset::MSET,
    &sound::musiconhold::MUSICONHOLD,
    &variable::noop::NOOP,
    &call::originate::ORIGINATE,
    &call::pickup::PICKUP,
    &call::pjsiphangup::PJSIPHANGUP,
    &call::pjsipnotify::PJSIPNOTIFY,
    &sound::playback::PLAYBACK,
    &sound::playtones::PLAYTONES,
    &call::proceeding::PROCEEDING,
    &call::progress::PROGRESS,
    &control::raiseexception::RAISEEXCEPTION,
    &sound::read::READ,
    &sound::readexten::READEXTEN,
    &sound::record::RECORD,
    &event::resetcdr::RESETCDR,
    &routine::r#return::RETURN,
    &call::ringing::RINGING,
    &sound::sayalpha::SAYALPHA,
    &sound::saydigits::SAYDIGITS,
    &sound::saynumber::SAYNUMBER,
    &sound::sayphonetic::SAYPHONETIC,
    &sound::sayunixtime::SAYUNIXTIME,
    &sound::senddtmf::SENDDTMF,
    &sound::sendtext::SENDTEXT,
    &variable::set::SET,
    &call::softhangup::SOFTHANGUP,
    &routine::stackpop::STACKPOP,
    &sound::startmusiconhold::STARTMUSICONHOLD,
    &sound::stopmixmonitor::STOPMIXMONITOR,
    &sound::stopmusiconhold::STOPMUSICONHOLD,
    &sound::stopplaytones::STOPPLAYTONES,
    &host::system::SYSTEM,
    &call::transfer::TRANSFER,
    &control::tryexec::TRYEXEC,
    &host::trysystem::TRYSYSTEM,
    &event::userevent::USEREVENT,
    &host::verbose::VERBOSE,
    &control::wait::WAIT,
    &control::waitdigit::WAITDIGIT,
    &control::waitexten::WAITEXTEN,
    &control::waitforcondition::WAITFORCONDITION,
    &sound::waitfornoise::WAITFORNOISE,
    &sound::waitforsilence::WAITFORSILENCE,
    &control::waituntil::WAITUNTIL,
    &control::r#while::WHILE,
];

/// Looks an application up by its name.
pub fn find(name: &str) -> Option<&'static App> {
    thread_local! {
        static BY_NAME: FxHashMap<String, &'static App> =
            ALL.iter().map(|app| (app.name.to_ascii_lowercase(), *app)).collect();
    }
    BY_NAME.with(|apps| match apps.get(name) {
        Some(app) => Some(*app),
        None => apps.get(&name.trim().to_ascii_lowercase()).copied(),
    })
}

/// Looks an application up by its name, where its module is loaded.
pub fn find_loaded(world: &World, name: &str) -> Option<&'static App> {
    find(name).filter(|app| world.modules.loaded(app.module))
}

#[cfg(test)]
pub(crate) mod tests;
