use crate::Action;

/// Sets a variable or a function, of a channel or of the switch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call))]
pub struct Setvar {
    /// The channel's name; without it the variable is global.
    pub channel: String,
    /// A variable, or a function with its arguments: `CALLERID(name)`.
    #[action(required)]
    pub variable: String,
    /// The value; without it, nothing.
    pub value: String,
}
