use crate::Event;

/// Two channels were taken apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Unlink<'a> {
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
