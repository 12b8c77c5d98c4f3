use crate::Event;

/// What became of an Originate that did not wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct OriginateResponse<'a> {
    /// The ActionID of the Originate.
    #[event(name = "ActionID")]
    pub action_id: Option<&'a str>,
    /// `Success` or `Failure`.
    pub response: &'a str,
    /// The channel; what was to be called, when there is none.
    pub channel: &'a str,
    /// The context that was to run.
    pub context: Option<&'a str>,
    /// The extension that was to run.
    pub exten: Option<&'a str>,
    /// The application that was to run.
    pub application: Option<&'a str>,
    /// That application's arguments.
    pub data: Option<&'a str>,
    /// Why: 4 answered, 5 busy, 8 congested, 3 not answered, 1 hung up, 0 failed.
    pub reason: u32,
    /// The channel's identity.
    #[event(empty = "<unknown>")]
    pub uniqueid: &'a str,
    /// The caller's number.
    #[event(name = "CallerIDNum", empty = "<unknown>")]
    pub caller_id_num: &'a str,
    /// The caller's name.
    #[event(name = "CallerIDName", empty = "<unknown>")]
    pub caller_id_name: &'a str,
}
