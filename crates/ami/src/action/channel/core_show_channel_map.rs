use crate::Action;

/// Lists the channels that one channel is connected to, through any number of bridges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    privilege(system, reporting),
    items("CoreShowChannelMapChannel"),
    complete = "CoreShowChannelMapComplete"
)]
pub struct CoreShowChannelMap {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
}
