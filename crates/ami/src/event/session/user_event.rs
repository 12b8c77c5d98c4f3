use std::sync::Arc;

use crate::Event;
use crate::event::group::Channel;

/// Somebody sent an event of his own making.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(user))]
pub struct UserEvent<'a> {
    /// The channel that sent it, when the dialplan did.
    #[event(channel)]
    pub channel: Option<Channel<'a>>,
    /// The kind.
    #[event(name = "UserEvent")]
    pub kind: &'a str,
    /// The other lines, as they were given.
    #[event(free)]
    pub headers: &'a [(Arc<str>, Arc<str>)],
}
