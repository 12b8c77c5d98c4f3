use crate::Event;
use crate::event::group::Security;

/// There is too little memory for a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(security))]
pub struct MemoryLimit<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
