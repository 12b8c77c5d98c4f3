use crate::Event;

/// A device can be reached, or cannot any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct PeerStatus<'a> {
    /// The technology, such as `PJSIP`.
    pub channel_type: &'a str,
    /// The device, such as `PJSIP/6001`.
    pub peer: &'a str,
    /// `Reachable`, `Unreachable`, `Registered` and so on.
    pub peer_status: &'a str,
    /// Why.
    pub cause: Option<&'a str>,
    /// Where it is.
    pub address: Option<&'a str>,
    /// The port that goes with it.
    pub port: Option<u64>,
    /// Milliseconds that its answer took.
    pub time: Option<u64>,
}
