//! Mailboxes.

mod mailbox_count;
mod mailbox_status;
mod mwi_delete;
mod mwi_get;
mod mwi_update;

pub use mailbox_count::MailboxCount;
pub use mailbox_status::MailboxStatus;
pub use mwi_delete::MwiDelete;
pub use mwi_get::MwiGet;
pub use mwi_update::MwiUpdate;
