use crate::Action;

/// Sends the party that a channel talks to elsewhere, without asking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call))]
pub struct BlindTransfer {
    /// The channel that transfers; the one it is bridged to goes.
    #[action(required)]
    pub channel: String,
    /// The context of that extension; without it, the one that the channel transfers by.
    pub context: String,
    /// The extension to send the other party to.
    #[action(required)]
    pub exten: String,
}
