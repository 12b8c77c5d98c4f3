//! A channel, as the switch keeps it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::hearing::Sounding;
use crate::message::Message;
use crate::signal::Signal;
use crate::snapshot::{Snapshot, Text};
use crate::variables::Variables;
use crate::{BridgeId, Cause, ChannelId, State};

/// One leg of a call.
#[derive(Debug)]
pub struct Channel {
    pub(crate) view: Arc<Snapshot>,
    /// Its variables.
    pub variables: Variables,
    /// What it is made of.
    pub kind: Kind,
    /// Who serves it: signals go there.
    pub handler: Option<TaskId>,
    /// Signals that came while nobody served it.
    pub pending: VecDeque<Signal>,
    /// Whether it is being hung up, and why whoever serves it must let go.
    pub leaving: Option<Leaving>,
    /// Whether a dialplan runs on it.
    pub runs_plan: bool,
    /// Where `Gosub` returns to, the innermost last.
    pub subroutines: Vec<Subroutine>,
    /// Subroutines to run when it is hung up, the newest last.
    pub hangup_handlers: Vec<Text>,
    /// Groups it counts in: category (empty for the default) and group.
    pub groups: Vec<(Text, Text)>,
    /// How long the dialplan waits for a first digit and between digits.
    pub digit_timeouts: DigitTimeouts,
    /// Who sent the call here.
    pub redirecting: Redirecting,
    /// How often the call may still be sent on.
    pub forwards: u32,
    /// The bridge it is in.
    pub bridge: Option<BridgeId>,
    /// Whether what comes from it is silenced.
    pub muted_in: bool,
    /// Whether what goes to it is silenced.
    pub muted_out: bool,
    /// Whether the far end has put us on hold.
    pub held: bool,
    /// Class of its music on hold; empty for the default.
    pub music_class: Text,
    /// Why the channels that it called were hung up: the channel's name, and what its driver says.
    pub hangup_causes: Vec<(Text, Text)>,
    /// Where it is parked when it is; empty for the default.
    pub parking_lot: Text,
    /// Country whose tones it hears; empty for the default.
    pub tone_zone: Text,
    /// Whether its far end makes no tone of ringing itself, before an answer either.
    pub inband_ringing: bool,
    /// Formats of whoever called it, the best first, as a list shows them; empty where nobody knows.
    pub caller_formats: Text,
    /// Settings of its driver that the dialplan changed, each once.
    pub settings: Vec<(&'static str, Text)>,
    /// Headers that go to the far ends of all channels that it calls.
    pub heirlooms: Vec<(Text, Text)>,
    /// What its far end may do by keys in the call that it is in.
    pub features: Features,
    /// Groups whose ringing it may pick up, and those that may pick up its own.
    pub pickup_groups: [Text; 4],
    /// Headers of the far end's latest message.
    pub headers: Vec<(Text, Text)>,
    /// Headers that go with the next message to the far end.
    pub attached: Vec<(Text, Text)>,
    /// What the far end calls this call; empty where it has no name for it.
    pub reference: Text,
    /// What writes its sound into files (`MixMonitor`), in order of their beginning.
    pub monitors: Vec<Monitor>,
    /// The text message that it runs for, or that it makes.
    pub message: Option<Box<Message>>,
    /// Whether whoever talks with it has put it on hold.
    pub on_hold: bool,
    /// What plays on it, what it is to hear besides, and what is made of its sound.
    pub sound: Sounding,
    /// What hangs it up when its time is over.
    pub time_watcher: Option<TaskId>,
    /// What ran before an application that shows although it is over.
    pub(crate) lingering: Option<(Text, Text)>,
    /// Context, extension and priority that the last told step had.
    pub(crate) told_place: Option<(Text, Text, i32)>,
}

/// What a channel is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The half of a Local pair that was called (`;1`).
    LocalOne(Local),
    /// The half of a Local pair that runs the dialplan (`;2`).
    LocalTwo(Local),
    /// A driver's channel.
    Driver,
    /// The switch's own, which nobody sees: text messages run the dialplan on it.
    Internal,
}

/// A Local pair, as each half knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// The other half, while it is there.
    pub other: Option<ChannelId>,
    /// Called extension.
    pub exten: Text,
    /// Called context.
    pub context: Text,
    /// Whether the pair may be taken out of the middle.
    pub optimize: bool,
}

/// Why whoever serves a channel must let it go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// It is hung up.
    Hangup,
    /// Its dialplan goes on elsewhere.
    Elsewhere {
        /// Context.
        context: Text,
        /// Extension.
        exten: Text,
        /// Priority.
        priority: i32,
    },
    /// Whoever asked takes it over: into a bridge, or under another name.
    Taken,
}

/// A level of `Gosub`.
#[derive(Debug, Clone)]
pub struct Subroutine {
    /// Where it returns to.
    pub context: Text,
    /// Where it returns to.
    pub exten: Text,
    /// Where it returns to.
    pub priority: i32,
    /// Its own variables: `ARG1` and on, and those set with `LOCAL`.
    pub variables: Variables,
    /// Whether the loop that runs subroutines for others ends with its return.
    pub outermost: bool,
}

/// How long the dialplan waits for digits.
#[derive(Debug, Clone, Copy, Default)]
pub struct DigitTimeouts {
    /// For the first; `None` for the default.
    pub response: Option<Duration>,
    /// Between two; `None` for the default.
    pub digit: Option<Duration>,
}

/// Something that writes a channel's sound into files.
#[derive(Debug, Clone, Default)]
pub struct Monitor {
    /// What it is ended by.
    pub name: Text,
    /// Its file.
    pub file: Text,
    /// The numbers of its files' recordings.
    pub tapes: Vec<u64>,
    /// A program to run when its files are closed.
    pub command: Option<Text>,
}

/// What a far end may do by keys while it talks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Features {
    /// Leave the call.
    pub disconnect: bool,
    /// Send the other side elsewhere.
    pub transfer: bool,
}

/// Who sent a call here, and why.
#[derive(Debug, Clone, Default)]
pub struct Redirecting {
    /// Who sent it.
    pub from: crate::Party,
    /// Where it was sent.
    pub to: crate::Party,
    /// Who was called at first.
    pub original: crate::Party,
    /// Why, such as `cfb`.
    pub reason: Text,
    /// How often it was sent on.
    pub count: u32,
}

/// Whoever serves channels: a coroutine of the dialplan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

impl Channel {
    /// What others see of it.
    pub fn view(&self) -> &Arc<Snapshot> {
        &self.view
    }

    /// Its number inside this process.
    pub fn id(&self) -> ChannelId {
        self.view.id
    }

    /// Its other half, if it is a half of a Local pair.
    pub fn local_other(&self) -> Option<ChannelId> {
        match &self.kind {
            Kind::LocalOne(local) | Kind::LocalTwo(local) => local.other,
            Kind::Driver | Kind::Internal => None,
        }
    }

    /// Whether it is being hung up for good.
    pub fn is_hanging_up(&self) -> bool {
        self.leaving == Some(Leaving::Hangup)
    }

    pub(crate) fn edit(&mut self) -> &mut Snapshot {
        Arc::make_mut(&mut self.view)
    }

    /// Why it is hung up.
    pub fn cause(&self) -> Cause {
        self.view.cause
    }

    /// How far it has got.
    pub fn state(&self) -> State {
        self.view.state
    }
}
