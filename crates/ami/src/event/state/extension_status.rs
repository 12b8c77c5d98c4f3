use crate::Event;

/// The state of an extension that has a hint changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call), item)]
pub struct ExtensionStatus<'a> {
    /// The extension.
    pub exten: &'a str,
    /// Its context.
    pub context: &'a str,
    /// The devices that the state is made of.
    pub hint: &'a str,
    /// The state: -2 removed, -1 none, and the sum of 1 in use, 2 busy, 4 unavailable, 8 ringing,
    /// 16 on hold.
    pub status: i32,
    /// The state in words.
    pub status_text: &'a str,
}
