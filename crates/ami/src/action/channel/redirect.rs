use crate::Action;

/// Moves a channel, or two at once, to another place in the dialplan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call))]
pub struct Redirect {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// A second channel to move, usually the other party.
    pub extra_channel: String,
    /// The extension to go on at.
    #[action(required)]
    pub exten: String,
    /// The same for the second channel.
    pub extra_exten: String,
    /// The context of that extension.
    #[action(required)]
    pub context: String,
    /// The same for the second channel.
    pub extra_context: String,
    /// The priority or label in that extension.
    #[action(required)]
    pub priority: String,
    /// The same for the second channel.
    pub extra_priority: String,
}
