use crate::Action;

/// Plays one digit to a channel, or pretends that the channel had sent it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "PlayDTMF", module = "app_senddtmf", privilege(call))]
pub struct PlayDtmf {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// One of 0-9, A-D, `*`, `#` and `f` for a hook flash.
    #[action(required)]
    pub digit: String,
    /// Milliseconds.
    pub duration: String,
    /// Whether the digit counts as sent by the channel.
    #[action(values("true", "false"))]
    pub receive: String,
}
