use crate::Event;
use crate::event::group::Security;

/// Somebody came from an address that may not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "FailedACL", class(security))]
pub struct FailedAcl<'a> {
    /// Who tried it, and where.
    #[event(security)]
    pub attempt: Security<'a>,
    /// The module that found it.
    pub module: Option<&'a str>,
    /// The list that refused it.
    #[event(name = "ACLName")]
    pub acl_name: Option<&'a str>,
    /// When the session began.
    #[event(name = "SessionTV")]
    pub session_time: Option<&'a str>,
}
