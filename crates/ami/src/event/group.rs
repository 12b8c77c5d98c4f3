//! Lines that many events share.

use std::sync::Arc;

use crate::encode::{led, led_or, led_pairs};

/// What stands for a caller id or a bridge's name that nobody gave.
pub const UNKNOWN: &str = "<unknown>";

/// A channel as events describe it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Channel<'a> {
    /// `Technology/resource-serial`.
    pub name: &'a str,
    /// The state's number, 0 to 9.
    pub state: u8,
    /// The state's name: `Down`, `Ring`, `Up` …
    pub state_desc: &'a str,
    /// The caller's number.
    pub caller_id_num: &'a str,
    /// The caller's name.
    pub caller_id_name: &'a str,
    /// The number of the party at the other end.
    pub connected_line_num: &'a str,
    /// The name of the party at the other end.
    pub connected_line_name: &'a str,
    /// The language of its prompts.
    pub language: &'a str,
    /// Who pays.
    pub account_code: &'a str,
    /// Where in the dialplan it is: the context,
    pub context: &'a str,
    /// the extension,
    pub exten: &'a str,
    /// and the priority.
    pub priority: i32,
    /// The channel's identity.
    pub uniqueid: &'a str,
    /// The identity of the oldest channel that had to do with this call.
    pub linkedid: &'a str,
    /// The variables named in `channelvars`, in its order, as `ChanVariable` lines.
    pub variables: &'a [(Arc<str>, Arc<str>)],
}

/// A bridge as events describe it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bridge<'a> {
    /// The bridge's identity.
    pub uniqueid: &'a str,
    /// What it is for: `basic`, `base`, `parking` …
    pub kind: &'a str,
    /// How it mixes: `simple_bridge`, `softmix`, `holding_bridge` …
    pub technology: &'a str,
    /// The application that made it.
    pub creator: &'a str,
    /// Its name, where the creator gave it one.
    pub name: &'a str,
    /// How many channels are in it.
    pub num_channels: u32,
    /// `none`, `talker`, `single` or `sfu`.
    pub video_source_mode: &'a str,
}

/// Who tried what, as security events describe it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Security<'a> {
    /// When: `2026-11-23T07:14:00.571+0000`.
    pub time: &'a str,
    /// `Informational` or `Error`.
    pub severity: &'a str,
    /// Which service: `AMI`, `PJSIP` …
    pub service: &'a str,
    /// Who it claims to be.
    pub account_id: &'a str,
    /// Which connection.
    pub session_id: &'a str,
    /// The switch's side of it: `IPV4/TCP/127.0.0.1/5038`.
    pub local_address: &'a str,
    /// The other side of it.
    pub remote_address: &'a str,
}

impl Channel<'_> {
    /// Appends the channel's lines, each led by the line end of its predecessor.
    pub fn write(&self, keys: &ChannelKeys, out: &mut Vec<u8>) {
        led(out, keys.name, self.name);
        led(out, keys.state, &self.state);
        led(out, keys.state_desc, self.state_desc);
        led_or(out, keys.caller_id_num, self.caller_id_num, UNKNOWN);
        led_or(out, keys.caller_id_name, self.caller_id_name, UNKNOWN);
        led_or(
            out,
            keys.connected_line_num,
            self.connected_line_num,
            UNKNOWN,
        );
        led_or(
            out,
            keys.connected_line_name,
            self.connected_line_name,
            UNKNOWN,
        );
        led(out, keys.language, self.language);
        led(out, keys.account_code, self.account_code);
        led(out, keys.context, self.context);
        led(out, keys.exten, self.exten);
        led(out, keys.priority, &self.priority);
        led(out, keys.uniqueid, self.uniqueid);
        led(out, keys.linkedid, self.linkedid);
        led_pairs(out, keys.variable, self.variables);
    }
}

impl Bridge<'_> {
    /// Appends the bridge's lines, each led by the line end of its predecessor.
    pub fn write(&self, keys: &BridgeKeys, out: &mut Vec<u8>) {
        led(out, keys.uniqueid, self.uniqueid);
        led(out, keys.kind, self.kind);
        led(out, keys.technology, self.technology);
        led_or(out, keys.creator, self.creator, UNKNOWN);
        led_or(out, keys.name, self.name, UNKNOWN);
        led(out, keys.num_channels, &self.num_channels);
        led(out, keys.video_source_mode, self.video_source_mode);
    }
}

impl Security<'_> {
    /// Appends the lines, each led by the line end of its predecessor.
    pub fn write(&self, out: &mut Vec<u8>) {
        led(out, "\r\nEventTV: ", self.time);
        led(out, "\r\nSeverity: ", self.severity);
        led(out, "\r\nService: ", self.service);
        out.extend_from_slice(b"\r\nEventVersion: 1");
        led(out, "\r\nAccountID: ", self.account_id);
        led(out, "\r\nSessionID: ", self.session_id);
        led(out, "\r\nLocalAddress: ", self.local_address);
        led(out, "\r\nRemoteAddress: ", self.remote_address);
    }
}

/// The keys of a channel's lines with their line ends and colons; made by [`channel_keys!`].
#[derive(Debug)]
#[expect(
    missing_docs,
    reason = "each is the key of the field of that name in Channel"
)]
pub struct ChannelKeys {
    pub name: &'static str,
    pub state: &'static str,
    pub state_desc: &'static str,
    pub caller_id_num: &'static str,
    pub caller_id_name: &'static str,
    pub connected_line_num: &'static str,
    pub connected_line_name: &'static str,
    pub language: &'static str,
    pub account_code: &'static str,
    pub context: &'static str,
    pub exten: &'static str,
    pub priority: &'static str,
    pub uniqueid: &'static str,
    pub linkedid: &'static str,
    pub variable: &'static str,
}

/// The keys of a bridge's lines with their line ends and colons; made by [`bridge_keys!`].
#[derive(Debug)]
#[expect(
    missing_docs,
    reason = "each is the key of the field of that name in Bridge"
)]
pub struct BridgeKeys {
    pub uniqueid: &'static str,
    pub kind: &'static str,
    pub technology: &'static str,
    pub creator: &'static str,
    pub name: &'static str,
    pub num_channels: &'static str,
    pub video_source_mode: &'static str,
}

/// The [`ChannelKeys`] with a prefix, which has to be a literal.
#[doc(hidden)]
#[macro_export]
macro_rules! __channel_keys {
    ($prefix:literal) => {
        $crate::event::group::ChannelKeys {
            name: concat!("\r\n", $prefix, "Channel: "),
            state: concat!("\r\n", $prefix, "ChannelState: "),
            state_desc: concat!("\r\n", $prefix, "ChannelStateDesc: "),
            caller_id_num: concat!("\r\n", $prefix, "CallerIDNum: "),
            caller_id_name: concat!("\r\n", $prefix, "CallerIDName: "),
            connected_line_num: concat!("\r\n", $prefix, "ConnectedLineNum: "),
            connected_line_name: concat!("\r\n", $prefix, "ConnectedLineName: "),
            language: concat!("\r\n", $prefix, "Language: "),
            account_code: concat!("\r\n", $prefix, "AccountCode: "),
            context: concat!("\r\n", $prefix, "Context: "),
            exten: concat!("\r\n", $prefix, "Exten: "),
            priority: concat!("\r\n", $prefix, "Priority: "),
            uniqueid: concat!("\r\n", $prefix, "Uniqueid: "),
            linkedid: concat!("\r\n", $prefix, "Linkedid: "),
            variable: concat!("\r\n", $prefix, "ChanVariable: "),
        }
    };
}

/// The [`BridgeKeys`] with a prefix, which has to be a literal.
#[doc(hidden)]
#[macro_export]
macro_rules! __bridge_keys {
    ($prefix:literal) => {
        $crate::event::group::BridgeKeys {
            uniqueid: concat!("\r\n", $prefix, "BridgeUniqueid: "),
            kind: concat!("\r\n", $prefix, "BridgeType: "),
            technology: concat!("\r\n", $prefix, "BridgeTechnology: "),
            creator: concat!("\r\n", $prefix, "BridgeCreator: "),
            name: concat!("\r\n", $prefix, "BridgeName: "),
            num_channels: concat!("\r\n", $prefix, "BridgeNumChannels: "),
            video_source_mode: concat!("\r\n", $prefix, "BridgeVideoSourceMode: "),
        }
    };
}

#[doc(inline)]
pub use {crate::__bridge_keys as bridge_keys, crate::__channel_keys as channel_keys};
