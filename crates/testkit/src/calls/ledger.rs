//! What must hold for all calls, whatever happens.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use switch::cdr::{Cdr, Disposition};
use switch::fact::{Fact, Snap};
use switch::{BridgeId, ChannelId, Text};

/// Keeps account of channels, bridges and records, fact by fact.
#[derive(Debug, Default)]
pub struct Ledger {
    /// What did not hold, in order.
    pub violations: Vec<String>,
    alive: BTreeMap<ChannelId, Life>,
    bridges: BTreeMap<BridgeId, BTreeSet<ChannelId>>,
    uniqueids: HashSet<Text>,
    optimizations: BTreeSet<u32>,
    /// Calls that have begun and whose records are not there yet.
    without_record: BTreeSet<Text>,
    /// Channels made so far.
    pub created: usize,
    /// Channels gone so far.
    pub hung_up: usize,
    /// Originates whose end was told.
    pub originated: usize,
}

#[derive(Debug)]
struct Life {
    name: Text,
    uniqueid: Text,
    bridge: Option<BridgeId>,
    /// Calls to it that have begun and not ended.
    dialing: usize,
}

impl Ledger {
    /// Takes a fact.
    pub fn observe(&mut self, fact: &Fact) {
        if let Fact::ChannelCreated(channel) = fact {
            self.created(channel);
        }
        for channel in channels_of(fact) {
            self.must(self.alive.contains_key(&channel.id), || {
                format!(
                    "{} is told of while it is not there: {fact:?}",
                    channel.name
                )
            });
        }
        match fact {
            Fact::BridgeCreated(bridge) => {
                let new = self.bridges.insert(bridge.id, BTreeSet::new()).is_none();
                self.must(new, || format!("{:?} came into being twice", bridge.id));
            }
            Fact::BridgeEntered {
                bridge, channel, ..
            } => self.entered(bridge.id, channel),
            Fact::BridgeLeft { bridge, channel } => self.left(bridge.id, channel),
            Fact::BridgeDestroyed(bridge) => {
                let members = self.bridges.remove(&bridge.id);
                let empty = members.as_ref().is_some_and(BTreeSet::is_empty);
                self.must(empty, || {
                    format!("{:?} ended around {members:?}", bridge.id)
                });
            }
            // The end of a call that nobody here waits for is its hangup.
            Fact::DialBegan {
                caller: Some(_),
                dest,
                ..
            } => {
                if let Some(life) = self.alive.get_mut(&dest.id) {
                    life.dialing += 1;
                }
            }
            Fact::DialEnded {
                caller: Some(_),
                dest,
                status,
                ..
            } => {
                let life = self.alive.get_mut(&dest.id).filter(|life| life.dialing > 0);
                let began = life.map(|life| life.dialing -= 1).is_some();
                self.must(began, || {
                    format!("no call to {} ended: {status}", dest.name)
                });
            }
            Fact::LocalOptimizationBegan { id, .. } => {
                self.optimizations.insert(*id);
            }
            Fact::LocalOptimizationEnded { id, .. } => {
                let began = self.optimizations.remove(id);
                self.must(began, || {
                    format!("optimization {id} ended and had not begun")
                });
            }
            Fact::HungUp(channel) => self.gone(channel),
            Fact::Renamed { channel, new } => {
                if let Some(life) = self.alive.get_mut(&channel.id) {
                    life.name = new.clone();
                }
            }
            Fact::Originated(_) => self.originated += 1,
            Fact::Cdr(record) => self.record(record),
            _ => {}
        }
    }

    /// Notes what does not hold.
    pub fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.violations.push(what());
        }
    }

    /// What is left although there should be nothing.
    pub fn leftovers(&self) -> Vec<String> {
        let mut left = Vec::new();
        left.extend(
            self.alive
                .values()
                .map(|life| format!("{} was never hung up", life.name)),
        );
        left.extend(
            self.bridges
                .keys()
                .map(|bridge| format!("{bridge:?} was never destroyed")),
        );
        left.extend(
            self.optimizations
                .iter()
                .map(|id| format!("optimization {id} never ended")),
        );
        left.extend(
            self.without_record
                .iter()
                .map(|call| format!("call {call} has no record")),
        );
        left
    }

    fn created(&mut self, channel: &Snap) {
        self.created += 1;
        let used = !self.uniqueids.insert(channel.uniqueid.clone());
        let shared = self
            .alive
            .values()
            .any(|life| life.uniqueid == channel.uniqueid);
        let taken = shared || used && is_of_the_switch(&channel.uniqueid);
        self.must(!taken, || {
            format!("unique id {} is used twice", channel.uniqueid)
        });
        let named = self.alive.values().any(|life| life.name == channel.name);
        self.must(!named, || {
            format!("two channels are called {}", channel.name)
        });
        if channel.uniqueid == channel.linkedid {
            self.without_record.insert(channel.linkedid.clone());
        }
        let (name, uniqueid) = (channel.name.clone(), channel.uniqueid.clone());
        let life = Life {
            name,
            uniqueid,
            bridge: None,
            dialing: 0,
        };
        let new = self.alive.insert(channel.id, life).is_none();
        self.must(new, || format!("{} came into being twice", channel.name));
    }

    fn gone(&mut self, channel: &Snap) {
        self.hung_up += 1;
        let Some(life) = self.alive.remove(&channel.id) else {
            return;
        };
        let name = &channel.name;
        self.must(life.bridge.is_none(), || {
            format!("{name} was hung up in {:?}", life.bridge)
        });
        self.must(life.dialing == 0, || {
            format!("{name} was hung up and its call had not ended")
        });
    }

    fn entered(&mut self, bridge: BridgeId, channel: &Snap) {
        let name = &channel.name;
        let members = self.bridges.get_mut(&bridge);
        let there = members.map(|members| members.insert(channel.id)).is_some();
        self.must(there, || {
            format!("{name} entered {bridge:?}, which is not there")
        });
        let life = self.alive.get_mut(&channel.id);
        let before = life.and_then(|life| life.bridge.replace(bridge));
        self.must(before.is_none(), || {
            format!("{name} entered {bridge:?} from within {before:?}")
        });
    }

    fn left(&mut self, bridge: BridgeId, channel: &Snap) {
        let was = self
            .bridges
            .get_mut(&bridge)
            .is_some_and(|members| members.remove(&channel.id));
        self.must(was, || {
            format!("{} left {bridge:?}, where it was not", channel.name)
        });
        if let Some(life) = self.alive.get_mut(&channel.id) {
            life.bridge = None;
        }
    }

    fn record(&mut self, record: &Cdr) {
        self.without_record.remove(&record.linkedid);
        self.without_record.remove(&record.uniqueid);
        let known = self.uniqueids.contains(&record.uniqueid);
        self.must(known, || format!("a record of no channel: {record:?}"));
        self.must(record.start <= record.end, || {
            format!("a record ends before it begins: {record:?}")
        });
        let answer = record.answer.unwrap_or(record.start);
        self.must((record.start..=record.end).contains(&answer), || {
            format!("a record is answered outside its time: {record:?}")
        });
        let answered = record.disposition != Disposition::Answered || record.answer.is_some();
        self.must(answered, || {
            format!("a record is answered at no time: {record:?}")
        });
    }
}

/// Whether the switch made up this unique id; what a program chose may come again.
fn is_of_the_switch(uniqueid: &str) -> bool {
    uniqueid.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The channels that a fact tells of as being there.
fn channels_of(fact: &Fact) -> Vec<&Snap> {
    match fact {
        Fact::ChannelCreated(channel)
        | Fact::StateChanged(channel)
        | Fact::Answered(channel)
        | Fact::CallerChanged(channel)
        | Fact::ConnectedChanged(channel)
        | Fact::AccountChanged { channel, .. }
        | Fact::ApplicationBegan(channel)
        | Fact::ApplicationRuns(channel)
        | Fact::ApplicationEnded(channel)
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
        | Fact::Renamed { channel, .. }
        | Fact::ChannelEvent { channel, .. } => vec![channel],
        Fact::VariableSet { channel, .. } | Fact::UserEvent { channel, .. } => {
            channel.iter().collect()
        }
        Fact::LocalBridged { one, two, .. }
        | Fact::LocalOptimizationBegan { one, two, .. }
        | Fact::LocalOptimizationEnded { one, two, .. } => vec![one, two],
        Fact::PickedUp { channel, target } => vec![channel, target],
        Fact::DialBegan { caller, dest, .. }
        | Fact::DialProgressed { caller, dest, .. }
        | Fact::DialEnded { caller, dest, .. } => caller.iter().chain([dest]).collect(),
        Fact::BlindTransferred(transfer) => transfer
            .transferee
            .iter()
            .chain([&transfer.transferer])
            .collect(),
        Fact::AttendedTransferred(transfer) => {
            let parties = transfer.transferee.iter().chain(&transfer.target);
            parties.chain([&transfer.first, &transfer.second]).collect()
        }
        Fact::Originated(originated) => originated.channel.iter().collect(),
        _ => Vec::new(),
    }
}
