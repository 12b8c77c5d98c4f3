use crate::Event;

/// A channel's caller id changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct NewCallerid<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// The caller's number.
    #[event(name = "CallerIDNum")]
    pub caller_id_num: &'a str,
    /// The caller's name.
    #[event(name = "CallerIDName")]
    pub caller_id_name: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
    /// How the number may be shown, as number and words.
    #[event(name = "CID-CallingPres")]
    pub presentation: &'a str,
}
