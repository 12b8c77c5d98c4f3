use crate::Event;

/// A channel began a step of the dialplan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct Newexten<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The context.
    pub context: &'a str,
    /// The extension.
    pub extension: &'a str,
    /// The step.
    pub priority: i32,
    /// The application.
    pub application: &'a str,
    /// The application's arguments.
    #[event(name = "AppData")]
    pub data: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
}
