use crate::Action;

/// Sends the events that wait for this session, or waits for the first; for AMI over HTTP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(complete = "WaitEventComplete")]
pub struct WaitEvent {
    /// Seconds to wait at most; without it, or with -1, as long as the session lasts.
    pub timeout: String,
}
