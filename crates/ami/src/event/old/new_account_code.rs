use crate::Event;

/// A channel's account code changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct NewAccountCode<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
    /// Who pays.
    pub account_code: &'a str,
    /// What it was before.
    pub old_account_code: &'a str,
}
