use crate::Event;
use crate::event::group::Security;

/// Somebody came over a transport that he may not use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(security))]
pub struct InvalidTransport<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The transport.
    pub attempted_transport: &'a str,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
