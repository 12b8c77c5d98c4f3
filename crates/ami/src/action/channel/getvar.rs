use crate::Action;

/// Reads a variable or a function, of a channel or of the switch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call, reporting))]
pub struct Getvar {
    /// The channel's name; without it, global variables and functions that need no channel.
    pub channel: String,
    /// A variable, or a function with its arguments: `CALLERID(num)`.
    #[action(required)]
    pub variable: String,
}
