//! Text messages outside of calls.

use ami::action::message::MessageSend;

use super::{Entry, entry};

mod message_send;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[entry!(MessageSend, message_send::message_send)];
