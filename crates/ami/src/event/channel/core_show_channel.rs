use crate::Event;
use crate::event::group::Channel;

/// A channel of the list that CoreShowChannels asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item)]
pub struct CoreShowChannel<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The application it is in.
    pub application: &'a str,
    /// That application's arguments.
    pub application_data: &'a str,
    /// How long the channel has been there: `hh:mm:ss`.
    pub duration: &'a str,
    /// The bridge it is in, or empty.
    pub bridge_id: &'a str,
}
