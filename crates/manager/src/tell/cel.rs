//! The channel event log: what happened in a channel's life, as billing systems read it.
//!
//! [`Log`] derives it from the facts, for the `CEL` event and for whoever keeps the log on disk.

mod kind;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use ami::event::record::Cel;
use switch::bridge::BridgeSnapshot;
use switch::fact::{Direction, Fact, Snap};
use switch::{ChannelId, Snapshot, Text, Time};

pub use kind::{Kind, Kinds};

use super::clock::Clock;
use super::json::Object;
use crate::rendered::Rendered;

/// What `cel.conf` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CelSettings {
    /// Whether the log is kept at all (`enable`).
    pub enabled: bool,
    /// The kinds that are kept (`events`).
    pub kinds: Kinds,
    /// Applications whose begin and end are kept (`apps`), in lower case.
    pub applications: Vec<String>,
    /// The format of times (`dateformat`), for strftime; empty for `2026-11-23 07:15:10`.
    pub date_format: String,
    /// Whether the manager tells it (`[manager]`, `enabled`).
    pub manager: bool,
    /// Whether the manager shows an event of the dialplan's own under the name that it gave
    /// (`[manager]`, `show_user_defined`).
    pub show_user_defined: bool,
}

/// One line of the log.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What happened.
    pub kind: Kind,
    /// To which channel.
    pub channel: &'a Snapshot,
    /// For an event of the dialplan's own, its name; else empty.
    pub user_defined: &'a str,
    /// The other channels in the bridge, with commas.
    pub peer: &'a str,
    /// What else belongs to it, as JSON; may be empty.
    pub extra: &'a str,
}

/// Derives the log from the facts.
#[derive(Debug)]
pub struct Log {
    settings: CelSettings,
    channels: HashMap<ChannelId, Known>,
    /// How many living channels belong to each call.
    calls: HashMap<Text, usize>,
    peer: String,
    extra: String,
}

/// What has to be remembered of a channel, because facts that need it do not say it.
#[derive(Debug)]
struct Known {
    name: Text,
    linkedid: Text,
    dial_status: Text,
}

impl Log {
    /// A log of a switch without channels.
    pub fn new(settings: CelSettings) -> Log {
        Log {
            settings,
            channels: HashMap::new(),
            calls: HashMap::new(),
            peer: String::new(),
            extra: String::new(),
        }
    }

    /// Goes on with other settings.
    pub fn configure(&mut self, settings: CelSettings) {
        self.settings = settings;
    }

    /// Takes a fact; `out` gets the lines that it makes.
    pub fn note(&mut self, fact: &Fact, out: &mut dyn FnMut(&Entry<'_>)) {
        if !self.settings.enabled {
            return;
        }
        let kinds = self.settings.kinds;
        let out = &mut |entry: &Entry<'_>| {
            if kinds.contains(entry.kind) {
                out(entry);
            }
        };
        match fact {
            Fact::ChannelCreated(channel) => self.start(channel, out),
            Fact::HungUp(channel) => self.end(channel, out),
            Fact::Renamed { channel, new } => {
                if let Some(known) = self.channels.get_mut(&channel.id) {
                    known.name = new.clone();
                }
            }
            Fact::VariableSet {
                channel: Some(channel),
                name,
                value,
            } => {
                if name.trim_start_matches('_') == "DIALSTATUS"
                    && let Some(known) = self.channels.get_mut(&channel.id)
                {
                    known.dial_status = value.clone();
                }
            }
            Fact::Answered(channel) => out(&plain(Kind::Answer, channel)),
            Fact::ApplicationBegan(channel) => self.application(Kind::AppStart, channel, out),
            Fact::ApplicationEnded(channel) => self.application(Kind::AppEnd, channel, out),
            Fact::BridgeEntered {
                bridge, channel, ..
            } => {
                self.relink(channel, out);
                self.bridge(Kind::BridgeEnter, bridge, channel, out);
            }
            Fact::BridgeLeft { bridge, channel } => {
                self.bridge(Kind::BridgeExit, bridge, channel, out);
            }
            Fact::BlindTransferred(transfer) if transfer.result == "Success" => {
                let (name, uniqueid) = match &transfer.transferee {
                    Some(channel) => (&*channel.name, &*channel.uniqueid),
                    None => ("N/A", "N/A"),
                };
                Object::begin(&mut self.extra)
                    .text("extension", &transfer.exten)
                    .text("context", &transfer.context)
                    .text(
                        "bridge_id",
                        transfer.bridge.as_ref().map_or("", |b| &b.uniqueid),
                    )
                    .text("transferee_channel_name", name)
                    .text("transferee_channel_uniqueid", uniqueid)
                    .end();
                let entry = plain(Kind::BlindTransfer, &transfer.transferer);
                out(&Entry {
                    extra: &self.extra,
                    ..entry
                });
            }
            Fact::AttendedTransferred(transfer) if transfer.result == "Success" => {
                let named = |of: &Option<Snap>| {
                    of.as_ref().map_or_else(<(Text, Text)>::default, |channel| {
                        (channel.name.clone(), channel.uniqueid.clone())
                    })
                };
                let bridge = |of: &Option<Arc<BridgeSnapshot>>| {
                    of.as_ref()
                        .map(|of| of.uniqueid.clone())
                        .unwrap_or_default()
                };
                let (transferee, target) = (named(&transfer.transferee), named(&transfer.target));
                Object::begin(&mut self.extra)
                    .text("bridge1_id", &bridge(&transfer.first_bridge))
                    .text("channel2_name", &transfer.second.name)
                    .text("channel2_uniqueid", &transfer.second.uniqueid)
                    .text("bridge2_id", &bridge(&transfer.second_bridge))
                    .text("transferee_channel_name", &transferee.0)
                    .text("transferee_channel_uniqueid", &transferee.1)
                    .text("transfer_target_channel_name", &target.0)
                    .text("transfer_target_channel_uniqueid", &target.1)
                    .end();
                let entry = plain(Kind::AttendedTransfer, &transfer.first);
                out(&Entry {
                    extra: &self.extra,
                    ..entry
                });
            }
            Fact::LocalOptimizationBegan { one, two, .. } => {
                self.optimize(Kind::LocalOptimizeBegin, one, two, out);
            }
            Fact::LocalOptimizationEnded {
                one,
                two,
                success: true,
                ..
            } => {
                self.optimize(Kind::LocalOptimize, one, two, out);
            }
            Fact::DigitEnded {
                channel,
                digit,
                duration,
                direction: Direction::Received,
            } => {
                Object::begin(&mut self.extra)
                    .text("digit", digit.encode_utf8(&mut [0; 4]))
                    .number("duration_ms", *duration)
                    .end();
                out(&Entry {
                    extra: &self.extra,
                    ..plain(Kind::Dtmf, channel)
                });
            }
            Fact::ChannelEvent {
                channel,
                name,
                extra,
            } => {
                Object::begin(&mut self.extra).text("extra", extra).end();
                let entry = plain(Kind::UserDefined, channel);
                out(&Entry {
                    user_defined: name,
                    extra: &self.extra,
                    ..entry
                });
            }
            _ => {}
        }
    }

    fn start(&mut self, channel: &Snap, out: &mut dyn FnMut(&Entry<'_>)) {
        let known = Known {
            name: channel.name.clone(),
            linkedid: channel.linkedid.clone(),
            dial_status: Text::default(),
        };
        self.channels.insert(channel.id, known);
        *self.calls.entry(channel.linkedid.clone()).or_default() += 1;
        out(&plain(Kind::ChanStart, channel));
    }

    fn end(&mut self, channel: &Snap, out: &mut dyn FnMut(&Entry<'_>)) {
        self.relink(channel, out);
        let known = self.channels.remove(&channel.id);
        let status = known.as_ref().map_or("", |known| &known.dial_status);
        Object::begin(&mut self.extra)
            .number("hangupcause", channel.cause.0.into())
            .text("hangupsource", &channel.hangup_source)
            .text("dialstatus", status)
            .end();
        out(&Entry {
            extra: &self.extra,
            ..plain(Kind::Hangup, channel)
        });
        out(&plain(Kind::ChanEnd, channel));
        if let Some(known) = known {
            self.leave_call(&known.linkedid, channel, out);
        }
    }

    /// A channel that meets an older call belongs to that one from then on.
    fn relink(&mut self, channel: &Snap, out: &mut dyn FnMut(&Entry<'_>)) {
        let Some(known) = self.channels.get_mut(&channel.id) else {
            return;
        };
        if known.linkedid == channel.linkedid {
            return;
        }
        let before = std::mem::replace(&mut known.linkedid, channel.linkedid.clone());
        *self.calls.entry(channel.linkedid.clone()).or_default() += 1;
        self.leave_call(&before, channel, out);
    }

    fn leave_call(&mut self, call: &Text, channel: &Snapshot, out: &mut dyn FnMut(&Entry<'_>)) {
        let Some(left) = self.calls.get_mut(call) else {
            return;
        };
        *left -= 1;
        if *left > 0 {
            return;
        }
        self.calls.remove(call);
        if channel.linkedid == *call {
            out(&plain(Kind::LinkedidEnd, channel));
        } else {
            let channel = Snapshot {
                linkedid: call.clone(),
                ..channel.clone()
            };
            out(&plain(Kind::LinkedidEnd, &channel));
        }
    }

    fn application(&self, kind: Kind, channel: &Snap, out: &mut dyn FnMut(&Entry<'_>)) {
        let followed = &self.settings.applications;
        if followed
            .iter()
            .any(|name| name.eq_ignore_ascii_case(&channel.application))
        {
            out(&plain(kind, channel));
        }
    }

    fn bridge(
        &mut self,
        kind: Kind,
        bridge: &BridgeSnapshot,
        channel: &Snap,
        out: &mut dyn FnMut(&Entry<'_>),
    ) {
        self.peer.clear();
        for id in bridge.channels.iter().filter(|id| **id != channel.id) {
            if let Some(known) = self.channels.get(id) {
                let comma = if self.peer.is_empty() { "" } else { "," };
                // Writing into a string does not fail.
                let _ = write!(self.peer, "{comma}{}", known.name);
            }
        }
        Object::begin(&mut self.extra)
            .text("bridge_id", &bridge.uniqueid)
            .text("bridge_technology", bridge.technology)
            .end();
        out(&Entry {
            peer: &self.peer,
            extra: &self.extra,
            ..plain(kind, channel)
        });
    }

    fn optimize(&mut self, kind: Kind, one: &Snap, two: &Snap, out: &mut dyn FnMut(&Entry<'_>)) {
        Object::begin(&mut self.extra)
            .text("local_two", &two.name)
            .text("local_two_uniqueid", &two.uniqueid)
            .end();
        out(&Entry {
            extra: &self.extra,
            ..plain(kind, one)
        });
    }
}

/// An entry with nothing but its channel.
fn plain(kind: Kind, channel: &Snapshot) -> Entry<'_> {
    Entry {
        kind,
        channel,
        user_defined: "",
        peer: "",
        extra: "",
    }
}

/// Says an entry on the wire.
pub(super) fn tell(
    at: Time,
    entry: &Entry<'_>,
    settings: &CelSettings,
    clock: &mut Clock,
    out: &mut Rendered,
) {
    let formatted;
    let event_time = if settings.date_format.is_empty() {
        clock.text(at)
    } else {
        formatted = clock.format(at, &settings.date_format);
        &formatted
    };
    let Entry {
        kind,
        channel,
        user_defined,
        peer,
        extra,
    } = *entry;
    let own = kind == Kind::UserDefined;
    out.event(&Cel {
        event_name: if own && settings.show_user_defined {
            user_defined
        } else {
            kind.word()
        },
        account_code: &channel.account,
        caller_id_num: &channel.caller.number,
        caller_id_name: &channel.caller.name,
        caller_id_ani: &channel.ani,
        caller_id_rdnis: &channel.rdnis,
        caller_id_dnid: &channel.dnid,
        exten: &channel.exten,
        context: &channel.context,
        channel: &channel.name,
        application: &channel.application,
        data: &channel.data,
        event_time,
        ama_flags: channel.ama_flags.word(),
        uniqueid: &channel.uniqueid,
        linkedid: &channel.linkedid,
        userfield: &channel.userfield,
        peer,
        peer_account: &channel.peer_account,
        user_def_type: (own && !settings.show_user_defined).then_some(user_defined),
        extra,
    });
}
