use crate::Event;

/// What waits in a mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(
    name = "MWIGet",
    module = "res_mwi_external_ami",
    class(reporting),
    item
)]
pub struct MwiGet<'a> {
    /// As `mailbox@context`.
    pub mailbox: &'a str,
    /// Messages that were heard.
    pub old_messages: u32,
    /// Messages that nobody heard yet.
    pub new_messages: u32,
}
