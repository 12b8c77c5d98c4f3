use crate::Action;

/// Hangs up one channel, or every channel whose name matches a regular expression.
///
/// One channel is confirmed in the reply; an expression is answered with a list of the channels
/// found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    privilege(system, call),
    items("ChannelHungup"),
    complete = "ChannelsHungupListComplete"
)]
pub struct Hangup {
    /// A channel's name, or `/regex/`.
    #[action(required)]
    pub channel: String,
    /// Hangup cause of Q.850, as a number; without it 16, a normal clearing.
    pub cause: String,
}
