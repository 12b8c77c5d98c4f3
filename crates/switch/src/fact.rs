//! What happened, said once. Events, records and the log are each a translation of it.

// Long because it is the list of all that can happen.

mod order;
mod reach;

use std::sync::Arc;

use crate::bridge::BridgeSnapshot;
use crate::cdr::Cdr;
use crate::device::{DeviceState, ExtensionState};
use crate::{Cause, Snapshot, Text};

pub use order::{AttendedTransfer, BlindTransfer, OriginateTarget, Originated};
pub use reach::{
    Attempt, ContactChange, Incident, PeerChange, RegistryChange, Report, ReportBlock, SenderReport,
};

/// A channel as it was when the fact came about.
pub type Snap = Arc<Snapshot>;

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Fact {
    /// A channel came into being.
    ChannelCreated(Snap),
    /// Its state changed.
    StateChanged(Snap),
    /// It was answered: said beside the change of state, for records.
    Answered(Snap),
    /// Its caller id changed.
    CallerChanged(Snap),
    /// Its connected line changed.
    ConnectedChanged(Snap),
    /// Its account code changed from `old`.
    AccountChanged {
        /// The channel.
        channel: Snap,
        /// The account before.
        old: Text,
    },
    /// The dialplan (or what called the channel) began an application on it; the snapshot has all of it.
    ApplicationBegan(Snap),
    /// An application runs that no step of the dialplan named: an Originate's own. No event tells it;
    /// records do.
    ApplicationRuns(Snap),
    /// That application is over; the snapshot still names it.
    ApplicationEnded(Snap),
    /// A variable was set, of a channel or (`None`) of all.
    VariableSet {
        /// The channel.
        channel: Option<Snap>,
        /// Its name as it was given, with the underscores of inheritance.
        name: Text,
        /// Its value.
        value: Text,
    },
    /// The two halves of a Local channel were joined.
    LocalBridged {
        /// The half that was called.
        one: Snap,
        /// The half that runs the dialplan.
        two: Snap,
        /// The context that was called.
        context: Text,
        /// The extension that was called.
        exten: Text,
        /// Whether the pair may be optimised away.
        optimize: bool,
    },
    /// A Local pair is about to be taken out of the middle of a call.
    LocalOptimizationBegan {
        /// The half that was called.
        one: Snap,
        /// The half that runs the dialplan.
        two: Snap,
        /// The channel that takes the place of one half, where it is known.
        source: Option<Snap>,
        /// `MergeBridges` destination or the bridge that the channel moves to.
        dest_bridge: Text,
        /// Number that ties begin and end together.
        id: u32,
    },
    /// The pair is out.
    LocalOptimizationEnded {
        /// The half that was called.
        one: Snap,
        /// The half that runs the dialplan.
        two: Snap,
        /// Whether it worked.
        success: bool,
        /// Number that ties begin and end together.
        id: u32,
    },
    /// A call to `dest` began.
    DialBegan {
        /// Who calls; nobody for an Originate.
        caller: Option<Snap>,
        /// The called channel.
        dest: Snap,
        /// What was dialled, without the technology.
        dial_string: Text,
    },
    /// A call to `dest` went on (`RINGING`, `PROGRESS`, `PROCEEDING`).
    DialProgressed {
        /// Who calls.
        caller: Option<Snap>,
        /// The called channel.
        dest: Snap,
        /// The word of `DialStatus`.
        status: &'static str,
    },
    /// A call to `dest` was answered or failed.
    DialEnded {
        /// Who calls.
        caller: Option<Snap>,
        /// The called channel.
        dest: Snap,
        /// The word of `DialStatus`.
        status: &'static str,
        /// Who is called in its place, where it wanted that; empty for nobody.
        forward: Text,
    },
    /// A bridge came into being.
    BridgeCreated(Arc<BridgeSnapshot>),
    /// A channel entered it.
    BridgeEntered {
        /// The bridge, with the channel counted.
        bridge: Arc<BridgeSnapshot>,
        /// The channel.
        channel: Snap,
        /// The `uniqueid` of the channel whose place it takes.
        swap: Option<Text>,
    },
    /// A channel left it.
    BridgeLeft {
        /// The bridge, with the channel no longer counted.
        bridge: Arc<BridgeSnapshot>,
        /// The channel.
        channel: Snap,
    },
    /// All channels of one bridge moved to another.
    BridgeMerged {
        /// Where they went.
        to: Arc<BridgeSnapshot>,
        /// Where they were.
        from: Arc<BridgeSnapshot>,
    },
    /// A bridge is gone.
    BridgeDestroyed(Arc<BridgeSnapshot>),
    /// A channel in a bridge sent the others elsewhere.
    BlindTransferred(Box<BlindTransfer>),
    /// A channel answered a call in the place of another that was alerted.
    PickedUp {
        /// Who answered.
        channel: Snap,
        /// Who was alerted.
        target: Snap,
    },
    /// Somebody joined two that it talked with, in two calls, and left.
    AttendedTransferred(Box<AttendedTransfer>),
    /// The far end asked to hang up.
    HangupRequested {
        /// The channel.
        channel: Snap,
        /// Why, where it said so.
        cause: Option<Cause>,
    },
    /// Something inside asked to hang up.
    SoftHangupRequested {
        /// The channel.
        channel: Snap,
        /// Why.
        cause: Cause,
    },
    /// A hangup handler was put on a channel's stack, taken from it or run.
    HangupHandler {
        /// The channel.
        channel: Snap,
        /// What became of the handler.
        what: HandlerStep,
        /// The handler: `context,exten,priority(args)`.
        handler: Text,
    },
    /// The channel is gone.
    HungUp(Snap),
    /// A digit's tone began.
    DigitBegan {
        /// The channel.
        channel: Snap,
        /// The digit.
        digit: char,
        /// Which way it went.
        direction: Direction,
    },
    /// A digit's tone ended.
    DigitEnded {
        /// The channel.
        channel: Snap,
        /// The digit.
        digit: char,
        /// How long it was, in milliseconds.
        duration: u32,
        /// Which way it went.
        direction: Direction,
    },
    /// A channel was put on hold, with this class of music.
    Held {
        /// The channel.
        channel: Snap,
        /// The class; empty for the default.
        music: Text,
    },
    /// It was taken off hold.
    Unheld(Snap),
    /// Music began on a channel.
    MusicStarted {
        /// The channel.
        channel: Snap,
        /// Its class.
        class: Text,
    },
    /// Music ended on a channel.
    MusicStopped(Snap),
    /// A channel's far end began to talk.
    TalkBegan(Snap),
    /// It fell silent.
    TalkEnded {
        /// The channel.
        channel: Snap,
        /// How long it had talked.
        span: std::time::Duration,
    },
    /// A channel's sound goes into files from now on.
    MonitorStarted(Snap),
    /// It does no more.
    MonitorStopped(Snap),
    /// One direction of it is silent in the files, or is not any more.
    MonitorMuted {
        /// The channel.
        channel: Snap,
        /// `read` is what comes from the channel, `write` what goes to it, `both`.
        direction: &'static str,
        /// Whether it is silent.
        on: bool,
    },
    /// A channel goes by another name now.
    Renamed {
        /// The channel under its old name.
        channel: Snap,
        /// Its new name.
        new: Text,
    },
    /// An Originate that runs on its own came to its end.
    Originated(Box<Originated>),
    /// A program or the dialplan raised an event of its own.
    UserEvent {
        /// The channel, if a channel did.
        channel: Option<Snap>,
        /// What the event calls itself.
        name: Text,
        /// Its headers in order.
        headers: Vec<(Text, Text)>,
    },
    /// A device's state changed.
    DeviceChanged {
        /// Such as `PJSIP/6001` or `Custom:lamp`.
        device: Text,
        /// Its state now.
        state: DeviceState,
    },
    /// An extension's state changed with its hint's devices.
    ExtensionChanged {
        /// The extension.
        exten: Text,
        /// Its context.
        context: Text,
        /// The hint.
        hint: Text,
        /// Its state now.
        state: ExtensionState,
    },
    /// A presence changed.
    PresenceChanged {
        /// Such as `CustomPresence:bob`.
        presentity: Text,
        /// Its state now.
        presence: Arc<crate::presence::Presence>,
    },
    /// The presence at an extension's hint changed.
    ExtensionPresenceChanged {
        /// The extension.
        exten: Text,
        /// Its context.
        context: Text,
        /// The hint.
        hint: Text,
        /// Its presence now.
        presence: Arc<crate::presence::Presence>,
    },
    /// Something else waits in a mailbox.
    MailboxChanged {
        /// Such as `2001@default`.
        name: Text,
        /// What waits now.
        mailbox: crate::mailbox::Mailbox,
    },
    /// A device can be reached, or cannot any more.
    PeerChanged(Box<PeerChange>),
    /// An address under which somebody can be found came, changed or went.
    ContactChanged(Box<ContactChange>),
    /// A registration of ours with somebody else changed.
    RegistryChanged(Box<RegistryChange>),
    /// A device is kept from new calls, or is not any more.
    MaintenanceChanged {
        /// The technology, such as `PJSIP`.
        technology: &'static str,
        /// The device, such as `6001`.
        device: Text,
        /// Whether it is kept from them.
        on: bool,
    },
    /// Somebody tried to get in, or did.
    Attempted(Box<Attempt>),
    /// A report on the sound of a channel was sent or came.
    Reported {
        /// The channel.
        channel: Snap,
        /// The report.
        report: Arc<Report>,
    },
    /// The dialplan wrote a line of its own into the channel event log.
    ChannelEvent {
        /// The channel.
        channel: Snap,
        /// What kind: the word after `USER_DEFINED`.
        name: Text,
        /// Free text.
        extra: Text,
    },
    /// A call record is complete.
    Cdr(Arc<Cdr>),
    /// The configuration was read anew.
    Reloaded {
        /// The module that did, as it was asked for; `All` for all.
        module: Text,
        /// How it went, the figure of `Status`: 0 done, 1 already going on, 2 no such module, 3 failed,
        /// 4 put off until the switch is up, 5 nothing to read.
        status: u8,
    },
    /// A module was loaded, or could not be.
    ModuleLoaded {
        /// Its name.
        module: Text,
        /// `Success`, `Failure` or `Decline`.
        status: &'static str,
    },
    /// A module was unloaded.
    ModuleUnloaded {
        /// Its name.
        module: Text,
    },
    /// The switch is up.
    FullyBooted {
        /// Seconds since the start.
        uptime: u64,
        /// Seconds since the configuration was read last.
        last_reload: u64,
    },
    /// The switch goes down.
    ShuttingDown {
        /// Whether it ends in order.
        cleanly: bool,
        /// Whether it starts anew.
        restart: bool,
    },
    /// A line for the log, at a level such as `WARNING`, from a part of the switch.
    Log {
        /// How grave it is.
        level: Level,
        /// Where from: an application or a part of the switch.
        from: &'static str,
        /// The line.
        text: String,
    },
}

impl Fact {
    /// The fact as everybody is told it; none where it is about a channel that nobody sees.
    pub(crate) fn seen(mut self) -> Option<Fact> {
        let hidden = match &mut self {
            Fact::ChannelCreated(channel)
            | Fact::StateChanged(channel)
            | Fact::Answered(channel)
            | Fact::CallerChanged(channel)
            | Fact::ConnectedChanged(channel)
            | Fact::AccountChanged { channel, .. }
            | Fact::ApplicationBegan(channel)
            | Fact::ApplicationRuns(channel)
            | Fact::ApplicationEnded(channel)
            | Fact::VariableSet {
                channel: Some(channel),
                ..
            }
            | Fact::BridgeEntered { channel, .. }
            | Fact::BridgeLeft { channel, .. }
            | Fact::HangupRequested { channel, .. }
            | Fact::SoftHangupRequested { channel, .. }
            | Fact::HangupHandler { channel, .. }
            | Fact::HungUp(channel)
            | Fact::DigitBegan { channel, .. }
            | Fact::DigitEnded { channel, .. }
            | Fact::Held { channel, .. }
            | Fact::Unheld(channel)
            | Fact::MusicStarted { channel, .. }
            | Fact::MusicStopped(channel)
            | Fact::TalkBegan(channel)
            | Fact::TalkEnded { channel, .. }
            | Fact::MonitorStarted(channel)
            | Fact::MonitorStopped(channel)
            | Fact::MonitorMuted { channel, .. }
            | Fact::ChannelEvent { channel, .. } => channel.is_internal(),
            // What it calls or says itself is seen, without it.
            Fact::DialBegan { caller: of, .. }
            | Fact::DialProgressed { caller: of, .. }
            | Fact::DialEnded { caller: of, .. }
            | Fact::UserEvent { channel: of, .. } => {
                of.take_if(|channel| channel.is_internal());
                false
            }
            _ => false,
        };
        (!hidden).then_some(self)
    }
}

/// What became of a hangup handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandlerStep {
    /// Put on the stack.
    Pushed,
    /// Taken off the stack.
    Popped,
    /// Run.
    Ran,
}

/// Which way a digit went, seen from the switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the channel.
    Received,
    /// To the channel.
    Sent,
}

impl Direction {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Received => "Received",
            Direction::Sent => "Sent",
        }
    }
}

/// How grave a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something does not work.
    Error,
    /// Something is not as it should be.
    Warning,
    /// Worth knowing.
    Notice,
    /// What the dialplan does, with its level from 1.
    Verbose(u8),
    /// For those who search a fault.
    Debug,
}
