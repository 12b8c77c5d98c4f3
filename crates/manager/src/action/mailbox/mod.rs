//! Mailboxes: how many messages wait.

use ami::action::mailbox::{MailboxCount, MailboxStatus};

use super::{Entry, entry};

mod mailbox_count;
mod mailbox_status;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(MailboxCount, mailbox_count::mailbox_count),
    entry!(MailboxStatus, mailbox_status::mailbox_status),
];
