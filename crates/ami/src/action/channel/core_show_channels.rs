use crate::Action;

/// Lists all channels, with where in the dialplan they are and for how long.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    privilege(system, reporting),
    items("CoreShowChannel"),
    complete = "CoreShowChannelsComplete"
)]
pub struct CoreShowChannels;
