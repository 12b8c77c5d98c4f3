//! What the engine can be told.

use std::sync::Arc;

use dialplan::far::{Calling, FarEnd};
use dialplan::world::{Answer, Token};
use switch::device::DeviceState;
use switch::fact::{Fact, Report};
use switch::signal::Signal;
use switch::{Cause, ChannelId, Text};

use crate::request::{Request, Responder};

/// What the engine can be told. It is closed: a feature that needs more adds a variant.
#[derive(Debug)]
pub enum Input {
    /// Somebody asks or orders something.
    Request(Request),
    /// A question that the engine had is answered.
    Answer(Token, Answer),
    /// A driver's channel did something.
    Channel(ChannelId, FromChannel),
    /// A driver's far end calls.
    Incoming(Box<Incoming>),
    /// A text message outside of calls came.
    Message(
        Box<dialplan::message::Incoming>,
        Responder<dialplan::message::Reception>,
    ),
    /// All devices that a technology can call, in place of those it named before.
    Devices(&'static str, Vec<FarEnd>),
    /// A device can be reached now, at these addresses, or (none) cannot.
    Reach {
        /// The technology, such as `PJSIP`.
        technology: &'static str,
        /// The device.
        device: Text,
        /// Where it is: what `PJSIP_DIAL_CONTACTS` gives.
        contacts: Vec<Text>,
    },
    /// A device that a driver watches has another state.
    Device(Text, DeviceState),
    /// A channel's far end wants the one it talks with to go elsewhere.
    Transfer {
        /// The channel whose far end wants it.
        channel: ChannelId,
        /// The extension it named; empty for an attended one.
        exten: Text,
        /// The channel of the other call that the far end had aside for that (an attended transfer).
        attended: Option<ChannelId>,
        /// Learns how it went: what the far end is told by `NOTIFY`.
        reply: Responder<bool>,
    },
    /// A driver saw something that everybody is told.
    Saw(Fact),
    /// Time has passed.
    Tick,
}

/// A call that a driver's far end begins.
#[derive(Debug)]
pub struct Incoming {
    /// Who calls whom.
    pub call: Calling,
    /// The channel whose place it takes (`Replaces`): it is answered and runs no dialplan of its own.
    pub replaces: Option<ChannelId>,
    /// Learns what becomes of it, before anything is ordered for the channel.
    pub reply: Responder<Reception>,
}

/// What becomes of a call that comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    /// It has this channel, and its dialplan runs.
    Made(ChannelId),
    /// Its context has no such extension.
    NoExtension,
    /// Its context has none, but some that are longer.
    Incomplete,
    /// No calls are taken now: the switch is full, or about to end.
    Refused,
}

/// What a driver's channel did.
#[derive(Debug, Clone, PartialEq)]
pub enum FromChannel {
    /// It has a format now.
    Format(Text),
    /// A variable of the channel is known now.
    Variable(Text, Text),
    /// The far end's headers, of its latest message that had any worth keeping.
    Headers(Vec<(Text, Text)>),
    /// What the far end calls this call, such as its `Call-ID`.
    Reference(Text),
    /// The call takes the place of another one of ours, which ends. One that comes in so says it with
    /// [`Incoming::replaces`] instead.
    Replaces(ChannelId),
    /// A report on the sound was sent or came.
    Report(Arc<Report>),
    /// A recording of it is over and the file is closed; the channel itself may be gone.
    Recorded(u64),
    /// Something for whoever serves the channel.
    Signal(Signal),
    /// A digit's tone began.
    DigitBegin(char),
    /// A digit's tone ended after so long.
    DigitEnd(char, std::time::Duration),
    /// The far end hung up.
    Hangup {
        /// Why, where it said so.
        cause: Option<Cause>,
        /// The technology's own figure of it, such as SIP's `486`; empty for none.
        tech_cause: Text,
    },
}
