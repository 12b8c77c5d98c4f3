use crate::Action;

/// Counts the messages in a mailbox: urgent, new and old.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call, reporting))]
pub struct MailboxCount {
    /// As `mailbox@context`.
    #[action(required)]
    pub mailbox: String,
}
