use crate::Event;

/// Something happened in the life of a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "CEL", module = "cel_manager", class(call))]
pub struct Cel<'a> {
    /// What: `CHAN_START`, `ANSWER`, `BRIDGE_ENTER`, `HANGUP` …
    pub event_name: &'a str,
    /// Who pays.
    pub account_code: &'a str,
    /// The caller's number.
    #[event(name = "CallerIDnum")]
    pub caller_id_num: &'a str,
    /// The caller's name.
    #[event(name = "CallerIDname")]
    pub caller_id_name: &'a str,
    /// The number that is billed.
    #[event(name = "CallerIDani")]
    pub caller_id_ani: &'a str,
    /// The number that redirected.
    #[event(name = "CallerIDrdnis")]
    pub caller_id_rdnis: &'a str,
    /// The number that was dialled.
    #[event(name = "CallerIDdnid")]
    pub caller_id_dnid: &'a str,
    /// The extension.
    pub exten: &'a str,
    /// Its context.
    pub context: &'a str,
    /// The channel's name.
    pub channel: &'a str,
    /// The application it is in.
    pub application: &'a str,
    /// That application's arguments.
    #[event(name = "AppData")]
    pub data: &'a str,
    /// When: `2026-11-23 07:18:43`.
    pub event_time: &'a str,
    /// `DOCUMENTATION`, `BILLING` or `OMIT`.
    #[event(name = "AMAFlags")]
    pub ama_flags: &'a str,
    /// The channel's identity.
    #[event(name = "UniqueID")]
    pub uniqueid: &'a str,
    /// The identity of the call.
    #[event(name = "LinkedID")]
    pub linkedid: &'a str,
    /// What the dialplan noted.
    pub userfield: &'a str,
    /// The channel at the other end.
    pub peer: &'a str,
    /// Who pays there.
    pub peer_account: &'a str,
    /// For `USER_DEFINED`, the name that the dialplan gave.
    pub user_def_type: Option<&'a str>,
    /// More, as a JSON object.
    pub extra: &'a str,
}
