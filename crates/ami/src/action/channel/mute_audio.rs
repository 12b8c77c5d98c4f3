use crate::Action;

/// Silences a channel, in one direction or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "res_mutestream", privilege(system))]
pub struct MuteAudio {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// `in` is what the channel says, `out` what it hears.
    #[action(required, values("in", "out", "all"))]
    pub direction: String,
    /// Whether it is silent.
    #[action(required, values("on", "off"))]
    pub state: String,
}
