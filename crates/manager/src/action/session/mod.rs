//! The session itself: logging in and out, which events come.

mod challenge;
mod events;
mod filter;
mod list_commands;
mod login;
mod logoff;
mod ping;
mod user_event;
mod wait_event;

use ami::action::session::{
    Challenge, Events, Filter, ListCommands, Login, Logoff, Ping, UserEvent, WaitEvent,
};

use super::Entry;

/// An [`Entry`] of an action that works on its session.
macro_rules! session_entry {
    ($action:ty, $handler:path) => {
        $crate::action::Entry {
            spec: &<$action as ::ami::Action>::SPEC,
            run: $crate::action::Run::Session(|session, packet| {
                $handler(session, <$action as ::ami::Action>::decode(packet)).into()
            }),
        }
    };
}

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    session_entry!(Challenge, challenge::challenge),
    session_entry!(Events, events::events),
    session_entry!(Filter, filter::filter),
    session_entry!(ListCommands, list_commands::list_commands),
    session_entry!(Login, login::login),
    session_entry!(Logoff, logoff::logoff),
    session_entry!(Ping, ping::ping),
    session_entry!(UserEvent, user_event::user_event),
    session_entry!(WaitEvent, wait_event::wait_event),
];
