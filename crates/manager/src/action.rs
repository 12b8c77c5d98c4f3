//! What each action does: a handler each, in the file named after it, and the list of them all.
//!
//! A handler takes its [`Cx`] and its decoded action and gives a [`Reply`]:
//!
//! ```ignore
//! pub(crate) async fn hangup(cx: &Cx<'_>, action: Hangup) -> Reply
//! ```
//!
//! One that asks the engine may return `Result<Reply, Reply>` and use `?`. A domain's module holds
//! `pub(super) const ACTIONS: &[Entry]`, alphabetical, a line each: `entry!(Hangup, hangup::hangup)`.

use std::sync::LazyLock;

use ami::spec::ActionSpec;
use ami::{Dialect, Packet};

use crate::engine::EngineHandle;
use crate::host::{BoxFuture, Host};
use crate::reply::{List, Reply};
use crate::session::{Outcome, Session};
use crate::user::User;

mod bridging;
mod channel;
mod config;
mod database;
mod dialplan;
mod local;
mod mailbox;
mod message;
mod number;
mod pjsip;
mod session;
mod state;
mod system;
#[cfg(test)]
mod testing;

/// The lists of all domains.
const DOMAINS: &[&[Entry]] = &[
    bridging::ACTIONS,
    channel::ACTIONS,
    config::ACTIONS,
    database::ACTIONS,
    dialplan::ACTIONS,
    mailbox::ACTIONS,
    message::ACTIONS,
    pjsip::ACTIONS,
    session::ACTIONS,
    state::ACTIONS,
    system::ACTIONS,
];

/// What a handler may look at and ask.
pub(crate) struct Cx<'a> {
    /// The way to the engine.
    pub(crate) engine: &'a EngineHandle,
    /// The process around the switch.
    pub(crate) host: &'a dyn Host,
    /// Who asks.
    pub(crate) user: &'a User,
    /// How the session is spoken with.
    pub(crate) dialect: Dialect,
    /// The request's ActionID, or empty.
    pub(crate) action_id: &'a str,
}

impl<'a> Cx<'a> {
    /// Begins a list: add items, then complete it.
    pub(crate) fn list(&self, message: &str) -> List<'a> {
        List::new(self.user.list_response.word(), message, self.action_id)
    }
}

/// An action: what it is and what it does.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// The declaration.
    pub(crate) spec: &'static ActionSpec,
    /// The handler.
    pub(crate) run: Run,
}

/// The two kinds of handlers.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// Works on the switch, and may wait.
    Switch(for<'a> fn(&'a Cx<'a>, &Packet) -> BoxFuture<'a, Reply>),
    /// Works on the session that asks, at once.
    Session(fn(&mut Session, &Packet) -> Outcome),
}

/// An [`Entry`] of an action and its handler.
macro_rules! entry {
    ($action:ty, $handler:path) => {
        $crate::action::Entry {
            spec: &<$action as ::ami::Action>::SPEC,
            run: $crate::action::Run::Switch(|cx, packet| {
                let action = <$action as ::ami::Action>::decode(packet);
                Box::pin(async move { $crate::reply::Reply::from($handler(cx, action).await) })
            }),
        }
    };
}
pub(crate) use entry;

/// The action of this name in any case.
pub(crate) fn find(name: &str) -> Option<&'static Entry> {
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    let at = ALL
        .binary_search_by(|(name, _)| name.as_bytes().cmp(lower))
        .ok()?;
    ALL.get(at).map(|(_, entry)| *entry)
}

/// All actions by name.
pub(crate) fn all() -> impl Iterator<Item = &'static Entry> {
    ALL.iter().map(|(_, entry)| *entry)
}

/// No action has a longer name.
const LONGEST: usize = 64;

/// All actions by name in lower case: every request is looked up here.
static ALL: LazyLock<Vec<(String, &'static Entry)>> = LazyLock::new(|| {
    let entries = DOMAINS.iter().copied().flatten();
    let mut all: Vec<_> = entries
        .map(|entry| (entry.spec.name.to_ascii_lowercase(), entry))
        .collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_alphabetical_and_every_name_is_found_in_any_case() {
        for domain in DOMAINS {
            let names = domain
                .iter()
                .map(|entry| entry.spec.name.to_ascii_lowercase());
            assert!(names.is_sorted_by(|one, other| one < other));
        }
        for entry in all() {
            let found = find(&entry.spec.name.to_uppercase()).map(|found| found.spec.name);
            assert_eq!(found, Some(entry.spec.name));
        }
        assert!(find("NoSuchThing").is_none() && find(&"x".repeat(65)).is_none());
    }

    #[test]
    fn every_action_that_is_declared_does_something() {
        let missing: Vec<&str> = ami::action::ALL
            .iter()
            .map(|spec| spec.name)
            .filter(|name| find(name).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
