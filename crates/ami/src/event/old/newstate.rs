use crate::Event;

/// A channel's state changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Newstate<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The state's number.
    pub channel_state: u8,
    /// The state's name.
    pub channel_state_desc: &'a str,
    /// The caller's number.
    #[event(name = "CallerIDNum")]
    pub caller_id_num: &'a str,
    /// The caller's name.
    #[event(name = "CallerIDName")]
    pub caller_id_name: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
}
