use crate::Action;

/// Steers a sound file that ControlPlayback plays on a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "app_controlplayback", privilege(call))]
pub struct ControlPlayback {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// What to do.
    #[action(required, values("stop", "forward", "reverse", "pause", "restart"))]
    pub control: String,
}
