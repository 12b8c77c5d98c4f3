use crate::Event;
use crate::event::group::Security;

/// There are too many sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(security))]
pub struct SessionLimit<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
