//! The switch itself: all channels and bridges, and what is kept beside them.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::bridge::{Bridge, TECHNOLOGIES, Technology};
use crate::cdr;
use crate::channel::{Channel, Kind, TaskId};
use crate::devices::Devices;
use crate::fact::{Fact, Level, Snap};
use crate::hearing::Hearing;
use crate::limits;
use crate::mailbox::Mailboxes;
use crate::signal::{Order, Signal};
use crate::snapshot::{Snapshot, Text};
use crate::taping::Closing;
use crate::variables::Variables;
use crate::{BridgeId, Cause, ChannelId, Time};

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
    /// What waits in mailboxes.
    pub mailboxes: Mailboxes,
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
    /// What a driver has to say of a channel's sound when the channel ends: variables of it.
    pub farewell: Option<Farewell>,
    /// The figure that a technology has for a cause when it refuses a call; empty for none.
    pub refusals: fn(&str, Cause) -> &'static str,
    pub(crate) hearing: Hearing,
    /// Programs that are to run when files are closed.
    pub(crate) closing_monitors: Vec<Closing>,
    /// How many channels nobody sees.
    pub(crate) internal: usize,
    local_formats: (Text, Text),
    facts: Vec<Fact>,
    signals: VecDeque<(ChannelId, Signal)>,
    pub(crate) orders: Vec<(ChannelId, Order)>,
    pub(crate) next_channel: u64,
    next_bridge: u64,
    seed: u64,
}

/// Variables that a driver sets on a channel of its own that ends, such as `RTPAUDIOQOS`. It is asked at
/// that moment and may not wait.
pub struct Farewell(pub Box<dyn Fn(ChannelId) -> Vec<(Text, Text)> + Send>);

impl std::fmt::Debug for Farewell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Farewell")
    }
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
            mailboxes: Mailboxes::new(),
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
            farewell: None,
            refusals: |_, _| "",
            hearing: Hearing::default(),
            closing_monitors: Vec::new(),
            internal: 0,
            local_formats: (Text::from("(slin)"), Text::from("slin")),
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
        let Some(fact) = fact.seen() else {
            return;
        };
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

    /// All channels in the order of their making, but for those that nobody sees.
    pub fn channels(&self) -> Vec<ChannelId> {
        let seen = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.kind != Kind::Internal);
        let mut ids: Vec<_> = seen.map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }

    /// How many channels there are, but for those that nobody sees.
    pub fn count(&self) -> usize {
        self.channels.len() - self.internal
    }

    /// Changes a channel's snapshot without a fact of its own.
    pub fn edit(&mut self, id: ChannelId, change: impl FnOnce(&mut Snapshot)) {
        if let Some(channel) = self.channels.get_mut(&id) {
            change(channel.edit());
        }
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
            Kind::Driver => self.order_driver(id, order),
            Kind::Internal => {}
            Kind::LocalOne(_) | Kind::LocalTwo(_) => self.carry(id, order),
        }
    }

    fn order_driver(&mut self, id: ChannelId, order: Order) {
        match &order {
            Order::Hold(music) => self.hold_sound(id, Some(music)),
            Order::Unhold => self.hold_sound(id, None),
            _ => {}
        }
        if !order.is_sound()
            && let Some(channel) = self.channels.get_mut(&id)
        {
            for (name, value) in std::mem::take(&mut channel.attached) {
                self.orders.push((id, Order::Attach { name, value }));
            }
        }
        self.orders.push((id, order));
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
        Text::from(crate::uuid(high, low))
    }

    /// Number of the next time that a Local pair is taken out of the middle of a call.
    pub fn next_optimization(&mut self) -> u32 {
        self.optimizations += 1;
        self.optimizations
    }

    /// Formats of a Local channel, and the one that is read.
    pub(crate) fn local_formats(&self) -> (Text, Text) {
        self.local_formats.clone()
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
