use crate::Event;

/// A channel is gone.
///
/// Old VICIdial goes by the number of a line: the channel comes right after the privilege, its
/// identity after that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Hangup<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
    /// The caller's number.
    #[event(name = "CallerIDNum", empty = "<unknown>")]
    pub caller_id_num: &'a str,
    /// The caller's name.
    #[event(name = "CallerIDName", empty = "<unknown>")]
    pub caller_id_name: &'a str,
    /// Hangup cause of Q.850.
    pub cause: u32,
    /// The cause in words.
    #[event(name = "Cause-txt")]
    pub cause_text: &'a str,
}
