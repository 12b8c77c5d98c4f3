use crate::Event;

/// Music began or ended on a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct MusicOnHold<'a> {
    /// `Start` or `Stop`.
    pub state: &'a str,
    /// The channel's name.
    pub channel: &'a str,
    /// The channel's identity.
    #[event(name = "UniqueID")]
    pub uniqueid: &'a str,
}
