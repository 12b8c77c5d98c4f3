use crate::Action;

/// Ends what MixMonitor began.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "app_mixmonitor", privilege(system, call))]
pub struct StopMixMonitor {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// Which; the oldest if left out.
    #[action(name = "MixMonitorID")]
    pub mix_monitor_id: String,
}
