use crate::Event;

/// A variable got a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct VarSet<'a> {
    /// The channel's name, or `none` for a global variable.
    #[event(empty = "none")]
    pub channel: &'a str,
    /// Its name.
    pub variable: &'a str,
    /// Its value.
    pub value: &'a str,
    /// The channel's identity, or `none`.
    #[event(empty = "none")]
    pub uniqueid: &'a str,
}
