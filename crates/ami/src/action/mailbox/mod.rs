//! Mailboxes.

mod mailbox_count;
mod mailbox_status;

pub use mailbox_count::MailboxCount;
pub use mailbox_status::MailboxStatus;
