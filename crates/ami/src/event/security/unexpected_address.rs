use crate::Event;
use crate::event::group::Security;

/// A session went on from another address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(security))]
pub struct UnexpectedAddress<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The address that was expected.
    pub expected_address: &'a str,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
