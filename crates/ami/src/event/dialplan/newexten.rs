use crate::Event;
use crate::event::group::Channel;

/// A channel began a step of the dialplan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(dialplan))]
pub struct Newexten<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The extension.
    pub extension: &'a str,
    /// The application.
    pub application: &'a str,
    /// The application's arguments.
    #[event(name = "AppData")]
    pub data: &'a str,
}
