use crate::Event;

/// Two channels were connected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Bridge<'a> {
    /// `Link`.
    #[event(name = "Bridgestate")]
    pub state: &'a str,
    /// `core`.
    #[event(name = "Bridgetype")]
    pub kind: &'a str,
    /// One channel.
    pub channel1: &'a str,
    /// The other.
    pub channel2: &'a str,
    /// The identity of the one.
    pub uniqueid1: &'a str,
    /// The identity of the other.
    pub uniqueid2: &'a str,
    /// The caller's number of the one.
    #[event(name = "CallerID1")]
    pub caller_id1: &'a str,
    /// The caller's number of the other.
    #[event(name = "CallerID2")]
    pub caller_id2: &'a str,
}
