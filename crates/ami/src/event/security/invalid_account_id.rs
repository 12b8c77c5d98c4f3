use crate::Event;
use crate::event::group::Security;

/// Somebody claimed a name that does not exist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "InvalidAccountID", class(security))]
pub struct InvalidAccountId<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
