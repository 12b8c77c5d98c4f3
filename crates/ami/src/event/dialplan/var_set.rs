use crate::Event;
use crate::encode::Quoted;
use crate::event::group::Channel;

/// A variable got a value.
///
/// Quotes and backslashes in the value are preceded by a backslash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct VarSet<'a> {
    /// The channel whose variable it is; without one the variable is global, and `none` stands for
    /// channel and identity.
    #[event(channel, none)]
    pub channel: Option<Channel<'a>>,
    /// Its name.
    pub variable: &'a str,
    /// Its value.
    pub value: Quoted<'a>,
}
