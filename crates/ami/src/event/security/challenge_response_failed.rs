use crate::Event;
use crate::event::group::Security;

/// Somebody answered a challenge wrongly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(security))]
pub struct ChallengeResponseFailed<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The challenge.
    pub challenge: &'a str,
    /// The answer.
    pub response: &'a str,
    /// The right answer, or empty where it is not told.
    pub expected_response: &'a str,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
