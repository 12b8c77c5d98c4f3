use crate::Action;

/// Hangs a channel up after a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(system, call))]
pub struct AbsoluteTimeout {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// Seconds from now, with or without a fraction; 0 takes the limit away.
    #[action(required)]
    pub timeout: String,
}
