use crate::Event;
use crate::event::group::Security;

/// Somebody gave a wrong secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(security))]
pub struct InvalidPassword<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
    /// The challenge that was given.
    pub challenge: Option<&'a str>,
    /// The challenge that came back.
    pub received_challenge: Option<&'a str>,
    /// The answer that came back.
    pub received_hash: Option<&'a str>,
}
