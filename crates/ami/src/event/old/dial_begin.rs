use crate::Event;

/// A channel is being called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "Dial", class(call))]
pub struct DialBegin<'a> {
    /// `Begin`.
    pub sub_event: &'a str,
    /// The channel that calls.
    pub channel: &'a str,
    /// The channel that is called.
    pub destination: &'a str,
    /// The caller's number.
    #[event(name = "CallerIDNum", empty = "<unknown>")]
    pub caller_id_num: &'a str,
    /// The caller's name.
    #[event(name = "CallerIDName", empty = "<unknown>")]
    pub caller_id_name: &'a str,
    /// The identity of the channel that calls.
    #[event(name = "UniqueID")]
    pub uniqueid: &'a str,
    /// The identity of the channel that is called.
    #[event(name = "DestUniqueID")]
    pub dest_uniqueid: &'a str,
    /// What is called: the resource without the technology.
    #[event(name = "Dialstring")]
    pub dial_string: &'a str,
}
