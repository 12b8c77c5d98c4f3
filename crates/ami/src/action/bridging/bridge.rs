use crate::Action;

/// Connects two channels, taking them out of whatever they are in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call))]
pub struct Bridge {
    /// One channel.
    #[action(required)]
    pub channel1: String,
    /// The other.
    #[action(required)]
    pub channel2: String,
    /// Who hears a tone first.
    #[action(values("no", "Channel1", "Channel2", "Both"))]
    pub tone: String,
}
