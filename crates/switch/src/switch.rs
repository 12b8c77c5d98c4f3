//! The switch itself: all channels and bridges, and what is kept beside them.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::bridge::{Bridge, TECHNOLOGIES, Technology};
use crate::cdr;
use crate::channel::{Channel, DigitTimeouts, Kind, Redirecting, TaskId};
use crate::devices::Devices;
use crate::fact::{Fact, Level, Snap};
use crate::limits;
use crate::signal::{Order, Signal};
use crate::snapshot::{AmaFlags, Party, Snapshot, Text};
use crate::variables::Variables;
use crate::{BridgeId, Cause, ChannelId, State, Time};

/// All call state. One owner calls it; what it leaves behind is taken with the `take_…` functions.
#[derive(Debug)]
pub struct Switch {
    /// What time it is; the owner sets it before every call.
    pub now: Time,
    /// Variables of all.
    pub globals: Variables,
    /// The key database's contents by full key, such as `/family/key`.
    pub database: BTreeMap<Text, Text>,
    /// States of devices.
    pub devices: Devices,
    /// Call records that are not told yet.
    pub records: cdr::Keeper,
    /// Variables that every channel event shows.
    pub shown_variables: Vec<Text>,
    /// Applications whose end is a fact, in lower case.
    pub followed_applications: Vec<Text>,
    /// Most channels at once.
    pub max_channels: usize,
    /// Prefix of unique ids; empty for none.
    pub system_name: Text,
    /// Language of a new channel.
    pub language: Text,
    /// Calls that ran a dialplan since the start.
    pub processed: u64,
    /// Variables shared between channels with `SHARED`, by channel.
    pub shared: FxHashMap<ChannelId, Variables>,
    pub(crate) channels: FxHashMap<ChannelId, Channel>,
    /// By name in lower case: the field tells no cases apart in a channel's name. Names and unique ids
    /// are chosen by others, so these maps are of the kind that cannot be filled with collisions.
    pub(crate) names: HashMap<String, ChannelId>,
    pub(crate) ids: HashMap<Text, ChannelId>,
    pub(crate) bridges: BTreeMap<BridgeId, Bridge>,
    /// The ways in which bridges can carry sound.
    pub technologies: [Technology; 3],
    pub(crate) local_pairs: u64,
    /// Channels that came into a bridge since somebody looked.
    pub entered: Vec<ChannelId>,
    pub(crate) optimizations: u32,
    pub(crate) swapped: Option<(ChannelId, Option<Text>)>,
    /// Coroutines that watched a channel which is gone.
    pub(crate) idle_watchers: Vec<TaskId>,
    facts: Vec<Fact>,
    signals: VecDeque<(ChannelId, Signal)>,
    orders: Vec<(ChannelId, Order)>,
    next_channel: u64,
    next_bridge: u64,
    seed: u64,
}

/// What a new channel begins with.
#[derive(Debug, Clone)]
pub struct NewChannel {
    /// Its name.
    pub name: Text,
    /// Its kind, such as `Local`.
    pub technology: &'static str,
    /// What it is made of.
    pub kind: Kind,
    /// How far it has got already.
    pub state: State,
    /// Where the dialplan begins: the context.
    pub context: Text,
    /// Where the dialplan begins: the extension.
    pub exten: Text,
    /// Who calls.
    pub caller: Party,
    /// Account.
    pub account: Text,
    /// Unique id; empty for one of the switch's own.
    pub uniqueid: Text,
    /// The call that it belongs to; empty for its own.
    pub linkedid: Text,
    /// Formats that it can carry as it is.
    pub formats: &'static str,
    /// Format that is read.
    pub format: &'static str,
}

/// Why a channel could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNewChannel {
    /// There are as many as there may be.
    Full,
    /// One with this unique id or name is there already.
    Taken,
}

impl Switch {
    /// An empty switch. The seed makes its identifiers; two switches with one seed make the same.
    pub fn new(now: Time, seed: u64) -> Switch {
        Switch {
            now,
            globals: Variables::default(),
            database: BTreeMap::new(),
            devices: Devices::default(),
            records: cdr::Keeper::default(),
            shown_variables: Vec::new(),
            followed_applications: Vec::new(),
            max_channels: limits::CHANNELS,
            system_name: Text::default(),
            language: Text::from("en"),
            processed: 0,
            shared: FxHashMap::default(),
            channels: FxHashMap::default(),
            names: HashMap::new(),
            ids: HashMap::new(),
            bridges: BTreeMap::new(),
            technologies: TECHNOLOGIES,
            local_pairs: 0,
            entered: Vec::new(),
            optimizations: 0,
            swapped: None,
            idle_watchers: Vec::new(),
            facts: Vec::new(),
            signals: VecDeque::new(),
            orders: Vec::new(),
            next_channel: 0,
            next_bridge: 0,
            seed,
        }
    }

    /// What happened since the last call, in order.
    pub fn take_facts(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.facts)
    }

    /// Takes the coroutines whose channel is gone and that have nothing more to watch.
    pub fn take_idle_watchers(&mut self) -> Vec<TaskId> {
        std::mem::take(&mut self.idle_watchers)
    }

    /// The next signal that a channel has for whoever serves it.
    pub fn take_signal(&mut self) -> Option<(ChannelId, Signal)> {
        self.signals.pop_front()
    }

    /// What drivers are to do, in order.
    pub fn take_orders(&mut self) -> Vec<(ChannelId, Order)> {
        std::mem::take(&mut self.orders)
    }

    /// Says a fact to everybody.
    pub fn tell(&mut self, fact: Fact) {
        let mut records = Vec::new();
        self.records.observe(self.now, &fact, &mut records);
        self.facts.push(fact);
        self.facts.append(&mut records);
    }

    /// Writes a line into the log.
    pub fn log(&mut self, level: Level, from: &'static str, text: impl Into<String>) {
        self.facts.push(Fact::Log {
            level,
            from,
            text: text.into(),
        });
    }

    /// A channel.
    pub fn channel(&self, id: ChannelId) -> Option<&Channel> {
        self.channels.get(&id)
    }

    /// A channel, to change what is not part of its snapshot.
    pub fn channel_mut(&mut self, id: ChannelId) -> Option<&mut Channel> {
        self.channels.get_mut(&id)
    }

    /// A channel's snapshot.
    pub fn view(&self, id: ChannelId) -> Option<Snap> {
        self.channels.get(&id).map(|channel| channel.view.clone())
    }

    /// The channel of this name or unique id.
    pub fn find(&self, name: &str) -> Option<ChannelId> {
        self.names
            .get(&name.to_ascii_lowercase())
            .or_else(|| self.ids.get(name))
            .copied()
    }

    /// All channels in the order of their making.
    pub fn channels(&self) -> Vec<ChannelId> {
        let mut ids: Vec<_> = self.channels.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// How many channels there are.
    pub fn count(&self) -> usize {
        self.channels.len()
    }

    /// Changes a channel's snapshot without a fact of its own.
    pub fn edit(&mut self, id: ChannelId, change: impl FnOnce(&mut Snapshot)) {
        if let Some(channel) = self.channels.get_mut(&id) {
            change(channel.edit());
        }
    }

    /// Makes a channel and says so.
    pub fn create(&mut self, new: NewChannel) -> Result<ChannelId, NoNewChannel> {
        if self.channels.len() >= self.max_channels {
            return Err(NoNewChannel::Full);
        }
        if self.names.contains_key(&new.name.to_ascii_lowercase())
            || !new.uniqueid.is_empty() && self.ids.contains_key(&new.uniqueid)
        {
            return Err(NoNewChannel::Taken);
        }
        let id = ChannelId(self.next_channel);
        self.next_channel += 1;
        let uniqueid = match new.uniqueid.is_empty() {
            false => new.uniqueid,
            true if self.system_name.is_empty() => {
                Text::from(format!("{}.{}", self.now.seconds(), id.0))
            }
            true => Text::from(format!(
                "{}-{}.{}",
                self.system_name,
                self.now.seconds(),
                id.0
            )),
        };
        let linkedid = match new.linkedid.is_empty() {
            true => uniqueid.clone(),
            false => new.linkedid,
        };
        let view = Arc::new(Snapshot {
            id,
            name: new.name,
            technology: new.technology,
            state: new.state,
            caller: new.caller,
            connected: Party::default(),
            ani: Text::default(),
            rdnis: Text::default(),
            dnid: Text::default(),
            language: self.language.clone(),
            account: new.account,
            peer_account: Text::default(),
            ama_flags: AmaFlags::Documentation,
            context: new.context,
            exten: new.exten,
            priority: 1,
            application: Text::default(),
            data: Text::default(),
            uniqueid: uniqueid.clone(),
            linkedid,
            bridge: None,
            userfield: Text::default(),
            cause: Cause::UNKNOWN,
            hangup_source: Text::default(),
            created: self.now,
            answered: None,
            hangup_at: None,
            formats: new.formats,
            format: new.format,
            dialed: false,
            shown: None,
        });
        self.names.insert(view.name.to_ascii_lowercase(), id);
        self.ids.insert(uniqueid, id);
        self.channels.insert(
            id,
            Channel {
                view: view.clone(),
                variables: Variables::default(),
                kind: new.kind,
                handler: None,
                pending: VecDeque::new(),
                leaving: None,
                runs_plan: false,
                subroutines: Vec::new(),
                hangup_handlers: Vec::new(),
                groups: Vec::new(),
                digit_timeouts: DigitTimeouts::default(),
                redirecting: Redirecting::default(),
                forwards: limits::FORWARDS,
                bridge: None,
                muted_in: false,
                muted_out: false,
                held: false,
                music_class: Text::default(),
                hangup_causes: Vec::new(),
                parking_lot: Text::default(),
                tone_zone: Text::default(),
                music: None,
                tone: None,
                time_watcher: None,
                lingering: None,
                told_place: None,
            },
        );
        self.show_variables(id);
        let view = self.view(id).unwrap_or(view);
        self.tell(Fact::ChannelCreated(view));
        Ok(id)
    }

    /// Says who serves a channel from now on.
    pub fn attach(&mut self, id: ChannelId, task: TaskId) {
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.handler = Some(task);
        }
    }

    /// Gives a signal of a channel to whoever serves it.
    pub fn signal(&mut self, id: ChannelId, signal: Signal) {
        self.signals.push_back((id, signal));
    }

    /// Has a channel's driver, or the other half of its Local pair, do something.
    pub fn order(&mut self, id: ChannelId, order: Order) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        match channel.kind {
            Kind::Driver => self.orders.push((id, order)),
            Kind::LocalOne(_) | Kind::LocalTwo(_) => self.carry(id, order),
        }
    }

    /// A number that is new each time; the same for switches of one seed.
    pub fn random(&mut self) -> u64 {
        // SplitMix64: small, and good enough for identifiers and for RAND.
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A new identifier in the form of a UUID of version 4.
    pub fn uuid(&mut self) -> Text {
        let (high, low) = (self.random(), self.random());
        Text::from(format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0x0FFF,
            0x8000 | (low >> 48) & 0x3FFF,
            low & 0xFFFF_FFFF_FFFF
        ))
    }

    /// Number of the next time that a Local pair is taken out of the middle of a call.
    pub fn next_optimization(&mut self) -> u32 {
        self.optimizations += 1;
        self.optimizations
    }

    /// Says whose place a channel takes when it next enters a bridge.
    pub fn swap_for(&mut self, id: ChannelId, uniqueid: Option<Text>) {
        self.swapped = Some((id, uniqueid));
    }

    pub(crate) fn next_bridge(&mut self) -> BridgeId {
        self.next_bridge += 1;
        BridgeId(self.next_bridge)
    }

    /// Takes the values of the shown variables into the snapshot.
    pub(crate) fn show_variables(&mut self, id: ChannelId) {
        if self.shown_variables.is_empty() {
            return;
        }
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let values = self.shown_variables.iter().map(|name| {
            (
                name.clone(),
                channel.variables.get(name).cloned().unwrap_or_default(),
            )
        });
        let values: Arc<[(Text, Text)]> = values.collect();
        channel.edit().shown = Some(values);
    }
}
