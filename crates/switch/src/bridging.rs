//! Channels in bridges.

use std::sync::Arc;

use crate::bridge::{Bridge, BridgeSnapshot};
use crate::channel::{Channel, Kind};
use crate::fact::{Fact, Snap};
use crate::signal::{Order, Signal, Unbridged};
use crate::snapshot::Text;
use crate::switch::Switch;
use crate::{BridgeId, ChannelId};

impl Switch {
    /// Makes an empty bridge for a call. It ends with the first channel that leaves it.
    pub fn create_bridge(&mut self) -> BridgeId {
        let id = self.next_bridge();
        let uniqueid = self.uuid();
        let view = Arc::new(BridgeSnapshot {
            id,
            uniqueid,
            kind: "basic",
            technology: self.technology_for_call(),
            creator: Text::default(),
            name: Text::default(),
            channels: Vec::new(),
            created: self.now,
        });
        self.bridges.insert(
            id,
            Bridge {
                view: view.clone(),
                dissolves: true,
            },
        );
        self.tell(Fact::BridgeCreated(view));
        id
    }

    /// The preferred way to carry a call of two; the plain one where all are suspended.
    fn technology_for_call(&self) -> &'static str {
        self.technologies
            .iter()
            .filter(|known| !known.suspended && known.kind != "Holding")
            .max_by_key(|known| known.priority)
            .map_or("simple_bridge", |known| known.name)
    }

    /// A bridge's snapshot.
    pub fn bridge(&self, id: BridgeId) -> Option<&Arc<BridgeSnapshot>> {
        self.bridges.get(&id).map(|bridge| &bridge.view)
    }

    /// The bridge with this identifier.
    pub fn find_bridge(&self, uniqueid: &str) -> Option<BridgeId> {
        self.bridges
            .values()
            .find(|bridge| &*bridge.view.uniqueid == uniqueid)
            .map(|bridge| bridge.view.id)
    }

    /// All bridges in the order of their making.
    pub fn bridges(&self) -> impl Iterator<Item = &Arc<BridgeSnapshot>> {
        self.bridges.values().map(|bridge| &bridge.view)
    }

    /// Puts a channel into a bridge. All in one bridge belong to the oldest one's call.
    pub fn enter_bridge(&mut self, bridge: BridgeId, id: ChannelId) {
        self.leave_bridge(id);
        self.bridge_sound(id);
        let bridge_id = bridge;
        let (Some(entry), Some(channel)) =
            (self.bridges.get_mut(&bridge), self.channels.get_mut(&id))
        else {
            return;
        };
        Arc::make_mut(&mut entry.view).channels.push(id);
        channel.bridge = Some(bridge);
        channel.edit().bridge = Some(entry.view.uniqueid.clone());
        let (bridge, members) = (entry.view.clone(), entry.view.channels.clone());
        self.link(&members);
        self.touch_sound(id);
        let Some(channel) = self.view(id) else { return };
        let swap = match self.swapped.take() {
            Some((swapped, uniqueid)) if swapped == id => uniqueid,
            _ => None,
        };
        self.tell(Fact::BridgeEntered {
            bridge,
            channel,
            swap,
        });
        self.name_peers(&members);
        self.carry_natively(bridge_id);
        self.entered.push(id);
    }

    /// Two channels of drivers exchange their sound without the bridge.
    fn carry_natively(&mut self, bridge: BridgeId) {
        let is_driver = |id: &ChannelId| {
            let channel = self.channels.get(id);
            channel.is_some_and(|channel| channel.kind == Kind::Driver)
        };
        let Some(entry) = self.bridges.get(&bridge) else {
            return;
        };
        let members = &entry.view.channels;
        let native = members.len() == 2 && members.iter().all(is_driver);
        let technology = match entry.view.technology {
            "simple_bridge" if native => "native_rtp",
            "native_rtp" if members.len() > 1 && !native => "simple_bridge",
            _ => return,
        };
        let members = members.clone();
        if let Some(entry) = self.bridges.get_mut(&bridge) {
            Arc::make_mut(&mut entry.view).technology = technology;
        }
        if native {
            // The field says who talks with whom again when the bridge lets go, and when the two have it.
            for _ in 0..2 {
                for id in members.iter().rev() {
                    self.say_peer(*id, &members);
                }
            }
        }
    }

    /// Nobody stays on hold when one of the two leaves, and everybody's sound is another.
    fn part_sound(&mut self, leaver: ChannelId, others: &[ChannelId]) {
        for id in others.iter().chain([&leaver]) {
            self.touch_sound(*id);
            let held = self.channels.get(id).filter(|channel| channel.on_hold);
            match held.map(Channel::is_hanging_up) {
                // Nobody tells a far end that goes.
                Some(true) => self.hold_sound(*id, None),
                Some(false) => self.order(*id, Order::Unhold),
                None => {}
            }
        }
    }

    /// Takes a channel out of its bridge, which ends if it is made so.
    pub fn leave_bridge(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let Some(bridge) = channel.bridge.take() else {
            return;
        };
        let Some(entry) = self.bridges.get_mut(&bridge) else {
            return;
        };
        Arc::make_mut(&mut entry.view)
            .channels
            .retain(|member| *member != id);
        let view = entry.view.clone();
        let dissolves = entry.dissolves;
        self.part_sound(id, &view.channels);
        self.forget_peers(id);
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        channel.edit().bridge = None;
        let snapshot = channel.view.clone();
        self.tell(Fact::BridgeLeft {
            bridge: view.clone(),
            channel: snapshot,
        });
        if view.channels.is_empty() {
            self.bridges.remove(&bridge);
            self.tell(Fact::BridgeDestroyed(view));
        } else if dissolves {
            for member in &view.channels {
                self.signal(*member, Signal::Unbridged(Unbridged::Dissolved));
            }
        } else {
            self.name_peers(&view.channels);
        }
    }

    /// Sets `BRIDGEPEER` of one of two once more to what it is.
    fn say_peer(&mut self, id: ChannelId, members: &[ChannelId]) {
        let known = self
            .channels
            .get(&id)
            .and_then(|channel| channel.variables.get("BRIDGEPEER").cloned());
        if let Some(known) = known {
            self.set_variable(Some(id), "BRIDGEPEER", known);
            self.name_peers_call(id, members);
        }
    }

    /// Sets `BRIDGEPVTCALLID` to what the peer's far end calls the call, where it has a name for it.
    fn name_peers_call(&mut self, id: ChannelId, members: &[ChannelId]) {
        let peer = match members {
            [one, other] if *one == id => other,
            [other, one] if *one == id => other,
            _ => return,
        };
        let reference = self.channels.get(peer).map(|peer| peer.reference.clone());
        if let Some(reference) = reference.filter(|reference| !reference.is_empty()) {
            self.set_variable(Some(id), "BRIDGEPVTCALLID", reference);
        }
    }

    /// Empties a channel's `BRIDGEPEER` and `BRIDGEPVTCALLID`.
    pub fn forget_peers(&mut self, id: ChannelId) {
        for name in ["BRIDGEPEER", "BRIDGEPVTCALLID"] {
            let channel = self.channels.get(&id);
            let known = channel.and_then(|channel| channel.variables.get(name));
            if known.is_some_and(|known| !known.is_empty()) {
                self.set_variable(Some(id), name, "");
            }
        }
    }

    /// Says whether a bridge ends with the first channel that leaves it.
    pub fn keep_bridge(&mut self, bridge: BridgeId, keep: bool) {
        if let Some(entry) = self.bridges.get_mut(&bridge) {
            entry.dissolves = !keep;
        }
    }

    /// Moves all channels of one bridge into another.
    pub fn merge_bridges(&mut self, to: BridgeId, from: BridgeId) {
        let (Some(target), Some(source)) = (self.bridges.get(&to), self.bridges.get(&from)) else {
            return;
        };
        let fact = Fact::BridgeMerged {
            to: target.view.clone(),
            from: source.view.clone(),
        };
        let members = source.view.channels.clone();
        self.tell(fact);
        self.keep_bridge(from, true);
        for member in members {
            self.enter_bridge(to, member);
        }
    }

    /// The snapshots of those in a bridge, in the order of their coming.
    pub fn members(&self, bridge: BridgeId) -> Vec<Snap> {
        let Some(entry) = self.bridges.get(&bridge) else {
            return Vec::new();
        };
        entry
            .view
            .channels
            .iter()
            .filter_map(|id| self.view(*id))
            .collect()
    }

    /// Whom a channel talks with, where it is one.
    pub fn peer(&self, id: ChannelId) -> Option<ChannelId> {
        let bridge = self.bridges.get(&self.channels.get(&id)?.bridge?)?;
        match bridge.view.channels.as_slice() {
            [a, b] if *a == id => Some(*b),
            [a, b] if *b == id => Some(*a),
            _ => None,
        }
    }

    /// Gives all these channels the linked id of the oldest call among them.
    pub fn link(&mut self, members: &[ChannelId]) {
        let oldest = members
            .iter()
            .filter_map(|id| self.channels.get(id))
            .map(|channel| &channel.view)
            .min_by(|a, b| linked_order(&a.linkedid).cmp(&linked_order(&b.linkedid)))
            .map(|view| view.linkedid.clone());
        let Some(oldest) = oldest else { return };
        for id in members {
            if let Some(channel) = self.channels.get_mut(id)
                && channel.view.linkedid != oldest
            {
                channel.edit().linkedid = oldest.clone();
            }
        }
    }

    /// Sets `BRIDGEPEER` of everybody in a bridge to the names of the others.
    fn name_peers(&mut self, members: &[ChannelId]) {
        if members.len() < 2 {
            return;
        }
        let names: Vec<_> = members
            .iter()
            .filter_map(|id| Some((*id, self.view(*id)?.name.clone())))
            .collect();
        for (id, _) in &names {
            let others: Vec<&str> = names
                .iter()
                .filter(|(other, _)| other != id)
                .map(|(_, name)| &**name)
                .collect();
            let others = others.join(",");
            let known = self
                .channels
                .get(id)
                .and_then(|c| c.variables.get("BRIDGEPEER"));
            if known.is_none_or(|peers| **peers != *others) {
                self.set_variable(Some(*id), "BRIDGEPEER", others);
                self.name_peers_call(*id, members);
            }
        }
    }
}

/// Orders linked ids such as `1795418110.20` by age; ids that a client chose come after.
fn linked_order(id: &str) -> (bool, u64, u64) {
    let number = id.rsplit_once('-').map_or(id, |(_, number)| number);
    match number.split_once('.').map(|(a, b)| (a.parse(), b.parse())) {
        Some((Ok(seconds), Ok(count))) => (false, seconds, count),
        _ => (true, 0, 0),
    }
}
