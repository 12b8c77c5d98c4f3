use crate::Action;

/// Says whether new messages wait in a mailbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call, reporting))]
pub struct MailboxStatus {
    /// As `mailbox@context`; several with commas between.
    #[action(required)]
    pub mailbox: String,
}
