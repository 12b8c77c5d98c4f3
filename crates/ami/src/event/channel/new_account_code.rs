use crate::Event;
use crate::event::group::Channel;

/// A channel's account code changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct NewAccountCode<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// What it was before.
    pub old_account_code: &'a str,
}
