//! What the outside may ask of the engine, each with the way its answer goes back.

mod failed;

use std::sync::Arc;
use std::time::Duration;

use dialplan::script::plan::Plan;
use dialplan::tones::Zones;
use switch::bridge::{BridgeSnapshot, Technology};
use switch::device::{DeviceState, ExtensionState};
use switch::fact::{OriginateTarget, Snap};
use switch::mailbox::Mailbox;
use switch::presence::Presence;
use switch::signal::{Order, Stream};
use switch::{Cause, Party, Text};

pub use failed::*;

/// Takes one answer. The engine calls it once, or drops it where the asker is gone.
pub struct Responder<T>(Box<dyn FnOnce(T) + Send>);

impl<T: 'static> Responder<T> {
    /// A responder that hands the answer to `deliver`.
    pub fn new(deliver: impl FnOnce(T) + Send + 'static) -> Responder<T> {
        Responder(Box::new(deliver))
    }

    /// A responder for answers that nobody waits for.
    pub fn ignore() -> Responder<T> {
        Responder::new(drop)
    }

    /// Hands over the answer.
    pub fn send(self, answer: T) {
        (self.0)(answer);
    }
}

impl<T> std::fmt::Debug for Responder<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Responder")
    }
}

/// A question or an order from outside.
#[derive(Debug)]
pub enum Request {
    /// Calls somebody and connects the answered call with an application or an extension.
    Originate(Box<Originate>, Responder<Result<(), OriginateFailed>>),
    /// Hangs channels up; answers the names of those that it found, in order of their making.
    Hangup(Target, Cause, Responder<Vec<Text>>),
    /// Sends a channel, and another with it, elsewhere in the dialplan.
    Redirect(Box<Redirect>, Responder<Result<(), RedirectFailed>>),
    /// Sets when a channel is hung up whatever happens: from now, or `None` for never.
    AbsoluteTimeout(Text, Option<Duration>, Responder<Result<(), NoChannel>>),
    /// Sets a variable or function, of a channel or (`None`) of all. `trusted` askers may use functions
    /// that reach outside the call.
    SetVariable(
        Option<Text>,
        Text,
        Text,
        Trust,
        Responder<Result<(), VariableFailed>>,
    ),
    /// Reads a variable or function, of a channel or (`None`) of all; empty where there is none.
    GetVariable(
        Option<Text>,
        Text,
        Trust,
        Responder<Result<Text, VariableFailed>>,
    ),
    /// Reads several of one channel, for listings.
    GetVariables(
        Text,
        Vec<Text>,
        Trust,
        Responder<Result<Vec<Text>, NoChannel>>,
    ),
    /// All variables of a channel in order of their setting.
    ChannelVariables(Text, Responder<Result<Vec<(Text, Text)>, NoChannel>>),
    /// All global variables.
    Globals(Responder<Vec<(Text, Text)>>),
    /// All channels, the newest first.
    Channels(Responder<Vec<Snap>>),
    /// One channel by name or unique id.
    Channel(Text, Responder<Option<Snap>>),
    /// The names of all channels connected with this one through bridges and Local pairs, itself left out.
    ChannelMap(Text, Responder<Result<Vec<Text>, NoChannel>>),
    /// All bridges.
    Bridges(Responder<Vec<Arc<BridgeSnapshot>>>),
    /// One bridge and the channels in it.
    Bridge(Text, Responder<Option<(Arc<BridgeSnapshot>, Vec<Snap>)>>),
    /// Joins two channels; the flags say whether a tone is played to either.
    JoinChannels(Text, Text, Responder<Result<(), JoinFailed>>),
    /// Throws a channel out of its bridge, or out of the bridge named.
    BridgeKick(Option<Text>, Text, Responder<Result<(), KickFailed>>),
    /// Ends a bridge; its channels go on in the dialplan or are hung up.
    BridgeDestroy(Text, Responder<Result<(), NoBridge>>),
    /// The ways in which bridges can mix.
    BridgeTechnologies(Responder<Vec<Technology>>),
    /// Keeps bridges from choosing a way of mixing from now on (`true`), or lets them again.
    SuspendTechnology(Text, bool, Responder<Result<(), NoTechnology>>),
    /// Sends whoever a channel talks with elsewhere and hangs the channel up.
    BlindTransfer {
        /// The channel whose peer is sent.
        channel: Text,
        /// Context.
        context: Text,
        /// Extension.
        exten: Text,
        /// The answer.
        reply: Responder<Result<(), TransferFailed>>,
    },
    /// Takes a Local pair out of the middle of a call, if that can be done.
    LocalOptimizeAway(Text, Responder<Result<(), OptimizeFailed>>),
    /// Plays a digit to a channel, or as if it came from it.
    PlayDigit {
        /// The channel.
        channel: Text,
        /// The digit.
        digit: char,
        /// How long, where the asker said so.
        duration: Option<Duration>,
        /// As if the channel had sent it.
        receive: bool,
        /// The answer.
        reply: Responder<Result<(), NoChannel>>,
    },
    /// Steers what plays on a channel.
    ControlPlayback(Text, Stream, Responder<Result<(), NoChannel>>),
    /// Sends text to a channel.
    SendText(Text, Text, Responder<Result<(), SendTextFailed>>),
    /// Has the driver of a channel do something that only its technology (such as `PJSIP`) knows of.
    Order(
        Text,
        &'static str,
        Order,
        Responder<Result<(), OrderFailed>>,
    ),
    /// Silences a channel's sound in one or both directions.
    MuteAudio {
        /// The channel.
        channel: Text,
        /// What it hears or says.
        direction: MuteDirection,
        /// On or off.
        on: bool,
        /// The answer.
        reply: Responder<Result<(), NoChannel>>,
    },
    /// Writes what a channel says and hears into a file: file, options, and a program to run at the end.
    StartMonitor {
        /// The channel.
        channel: Text,
        /// The file with its ending.
        file: Text,
        /// Options of `MixMonitor`.
        options: Text,
        /// The program; empty for none.
        command: Text,
        /// The answer.
        reply: Responder<Result<(), MonitorFailed>>,
    },
    /// Ends that: by the name that the option `i` told, or the oldest.
    StopMonitor(Text, Option<Text>, Responder<Result<(), MonitorFailed>>),
    /// Silences one direction of it, or lets it be heard again.
    MuteMonitors {
        /// The channel.
        channel: Text,
        /// What comes from the channel, or goes to it.
        direction: MuteDirection,
        /// On or off.
        on: bool,
        /// The answer.
        reply: Responder<Result<(), MonitorFailed>>,
    },
    /// Raises an event of a program's own.
    UserEvent(Text, Vec<(Text, Text)>, Responder<()>),
    /// An extension's state, with its hint; `NoHint` where it has none.
    ExtensionState(Text, Text, Responder<HintState>),
    /// Whether somebody with this number finds an extension: the number, the context and the extension.
    HasExtension(Text, Text, Text, Responder<bool>),
    /// All hints with their states.
    Hints(Responder<Vec<HintState>>),
    /// All devices whose state is known, by name.
    Devices(Responder<Vec<(Text, DeviceState)>>),
    /// Sets a `Custom:` device's state, kept in the key database.
    SetDevice(Text, DeviceState, Responder<()>),
    /// A presence; `None` where the provider is unknown.
    Presence(Text, Responder<Option<Arc<Presence>>>),
    /// All presences whose state is known.
    Presences(Responder<Vec<(Text, Arc<Presence>)>>),
    /// The tones of telephone networks.
    Tones(Responder<Arc<Zones>>),
    /// All mailboxes that somebody counts, by name.
    Mailboxes(Responder<Vec<(Text, Mailbox)>>),
    /// Counts several mailboxes, with commas or `&` between, as one.
    CountMailboxes(Text, Responder<Mailbox>),
    /// Says what waits in a mailbox, kept in the key database; whether there was room for it.
    SetMailbox(Text, Mailbox, Responder<bool>),
    /// Forgets a mailbox: whether there was one.
    RemoveMailbox(Text, Responder<bool>),
    /// Reads a value of the key database.
    DatabaseGet(Text, Text, Responder<Option<Text>>),
    /// Writes a value; answered when it is safe on the disk.
    DatabasePut(Text, Text, Text, Responder<Result<(), DatabaseFailed>>),
    /// Removes a value: whether it was there, answered when that is safe on the disk.
    DatabaseDelete(Text, Text, Responder<Result<bool, DatabaseFailed>>),
    /// Removes a family, or a key and all below it: how many there were.
    DatabaseDeleteTree(Text, Text, Responder<Result<usize, DatabaseFailed>>),
    /// All entries (full key such as `/family/key`, value) below a prefix such as `/family`, in order.
    DatabaseTree(Text, Responder<Vec<(Text, Text)>>),
    /// The dialplan as it stands.
    Plan(Responder<Arc<Plan>>),
    /// Changes the dialplan: the function edits a copy, which takes the place of the plan if it says so.
    EditPlan(PlanEdit),
    /// Puts a freshly loaded dialplan in place; globals are kept or cleared as its `[general]` says.
    ReplacePlan(Arc<Plan>, Responder<()>),
    /// Counters of the whole.
    Counters(Responder<Counters>),
    /// Ends the switch: hangs all up, refuses new calls. Whether it is over: not where somebody took it
    /// back, or ordered another end.
    Stop(Stop, Responder<bool>),
    /// Tells everybody a fact that came about outside the engine (a module was loaded, the switch is up).
    Tell(switch::fact::Fact),
    /// Settings that the engine needs, read anew.
    Configure(Box<crate::Settings>, Responder<()>),
}

/// A change of the dialplan and where its outcome goes; made by [`PlanEdit::new`].
pub struct PlanEdit(Box<Edit>);

/// Changes a plan: whether to keep the change, and what to call once that is done.
type Edit = dyn FnOnce(&mut Plan) -> (bool, Box<dyn FnOnce() + Send>) + Send;

impl PlanEdit {
    /// `edit` changes the plan; where it fails the plan stays as it was. Either way `reply` gets it.
    pub fn new<T: Send + 'static, E: Send + 'static>(
        edit: impl FnOnce(&mut Plan) -> Result<T, E> + Send + 'static,
        reply: Responder<Result<T, E>>,
    ) -> PlanEdit {
        PlanEdit(Box::new(move |plan| {
            let outcome = edit(plan);
            (outcome.is_ok(), Box::new(move || reply.send(outcome)))
        }))
    }

    /// Makes the change: whether to keep it, and the answer to give once it is kept.
    pub fn make(self, plan: &mut Plan) -> (bool, Box<dyn FnOnce() + Send>) {
        (self.0)(plan)
    }
}

impl std::fmt::Debug for PlanEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlanEdit")
    }
}

/// Whether the asker may use functions and applications that reach outside the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The dialplan, or an asker with `live_dangerously`.
    Full,
    /// A program on the wire: functions marked as escalating are refused.
    Outside,
}

/// Which channels to hang up.
#[derive(Debug)]
pub enum Target {
    /// The one of this name or unique id.
    Name(Text),
    /// All that pass the test on their name.
    Matching(NameTest),
}

/// A test on a channel's name.
pub struct NameTest(pub Box<dyn Fn(&str) -> bool + Send>);

impl std::fmt::Debug for NameTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NameTest")
    }
}

/// An order to call somebody.
#[derive(Debug, Clone)]
pub struct Originate {
    /// Technology, such as `Local`.
    pub technology: Text,
    /// Destination, such as `101@default/n`.
    pub destination: Text,
    /// Where the answered call goes.
    pub target: OriginateTarget,
    /// How long it may ring.
    pub timeout: Duration,
    /// Caller id; empty where the order names none.
    pub caller: Party,
    /// Variables (name with underscores of inheritance, value) in the order given.
    pub variables: Vec<(Text, Text)>,
    /// Account; empty where the order names none.
    pub account: Text,
    /// Whether early media counts as an answer.
    pub early_media: bool,
    /// Whether the answer is given at once and an `Originated` fact tells the end.
    pub run_alone: bool,
    /// The order's ActionID, for the fact.
    pub action_id: Text,
    /// Unique id that the channel is to have; empty for one of the switch's own.
    pub channel_id: Text,
    /// Unique id for the second half of a Local pair; empty for one of the switch's own.
    pub other_channel_id: Text,
    /// Subroutine to run on the called channel before it is called: `context,exten,priority(args)`.
    pub pre_dial: Text,
    /// Codecs to offer, by name in order; empty for the technology's own choice.
    pub codecs: Vec<Text>,
}

/// An order to send a channel, and another with it, elsewhere.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The channel.
    pub channel: Text,
    /// Where to.
    pub to: Place,
    /// A second channel and its place.
    pub extra: Option<(Text, Place)>,
}

/// A place in the dialplan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Context.
    pub context: Text,
    /// Extension.
    pub exten: Text,
    /// Priority: a number, or a label that the engine looks up.
    pub priority: Text,
}

/// An extension's hint and what it makes of the devices' states.
#[derive(Debug, Clone)]
pub struct HintState {
    /// The extension.
    pub exten: Text,
    /// Its context.
    pub context: Text,
    /// The hint, such as `PJSIP/6001`; empty where it has none.
    pub hint: Text,
    /// The state.
    pub state: ExtensionState,
    /// The presence at the hint, such as `CustomPresence:bob` after a comma.
    pub presence: Arc<Presence>,
    /// How many watch it.
    pub watchers: usize,
}

/// Which direction is silenced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MuteDirection {
    /// What comes from the channel.
    In,
    /// What goes to the channel.
    Out,
    /// Both.
    All,
}

/// How the switch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Hang all up at once.
    Now,
    /// Refuse new calls, end when the last is over.
    Gracefully,
    /// Take new calls, end when there is none.
    WhenConvenient,
    /// Forget an end that was asked for.
    Abort,
}

/// Counters of the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Channels now.
    pub channels: usize,
    /// Channels now that run a dialplan: what the field calls active calls.
    pub calls: usize,
    /// Calls since the start.
    pub processed: u64,
    /// Bridges now.
    pub bridges: usize,
    /// Whether the switch is about to end.
    pub stopping: bool,
}
