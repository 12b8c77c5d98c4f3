use crate::Action;

/// Silences what a channel says or hears in the files of its MixMonitors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "app_mixmonitor", privilege(system, call))]
pub struct MixMonitorMute {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// `read` is what the channel says, `write` what it hears.
    #[action(values("read", "write", "both"))]
    pub direction: String,
    /// Whether it is silent.
    #[action(values("1", "0"))]
    pub state: String,
}
