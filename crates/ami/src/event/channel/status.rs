use crate::Event;
use crate::event::group::Channel;

/// A channel of the list that action Status asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(item_id_last, item_privilege = "Call")]
pub struct Status<'a> {
    /// The channel.
    #[event(channel)]
    pub channel: Channel<'a>,
    /// The channel's technology.
    #[event(name = "Type")]
    pub technology: &'a str,
    /// The number that the caller dialled.
    #[event(name = "DNID")]
    pub dnid: &'a str,
    /// The number shown to this channel.
    #[event(empty = "<unknown>")]
    pub effective_connected_line_num: &'a str,
    /// The name shown to this channel.
    #[event(empty = "<unknown>")]
    pub effective_connected_line_name: &'a str,
    /// Seconds until an absolute timeout, 0 without one.
    pub time_to_hangup: i64,
    /// The bridge it is in, or empty.
    #[event(name = "BridgeID")]
    pub bridge_id: &'a str,
    /// The application it is in.
    pub application: &'a str,
    /// That application's arguments.
    pub data: &'a str,
    /// The formats it speaks: `(ulaw|alaw)`.
    #[event(name = "Nativeformats")]
    pub native_formats: &'a str,
    /// The format read from it.
    #[event(name = "Readformat")]
    pub read_format: &'a str,
    /// How that is translated.
    #[event(name = "Readtrans")]
    pub read_translation: &'a str,
    /// The format written to it.
    #[event(name = "Writeformat")]
    pub write_format: &'a str,
    /// How that is translated.
    #[event(name = "Writetrans")]
    pub write_translation: &'a str,
    /// Its call groups, as a number.
    #[event(name = "Callgroup")]
    pub call_group: u64,
    /// Its pickup groups, as a number.
    #[event(name = "Pickupgroup")]
    pub pickup_group: u64,
    /// How long the channel has been there.
    pub seconds: u64,
    /// The variables that were asked for.
    #[event(pairs, name = "Variable")]
    pub variables: &'a [(&'a str, &'a str)],
}
