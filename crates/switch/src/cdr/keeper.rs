//! Makes call records of the facts.
//!
//! Each channel has a chain of records in which it is the calling party. A record is open until the
//! channel leaves its bridge, is hung up, or the dialplan starts another; all of a chain are told when
//! the channel is gone. A channel that another one's application dialled has a record of its own only
//! if it came to call somebody itself.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::open::Open;
use super::record::{Cdr, Disposition, Rules};
use crate::fact::{Fact, Snap};
use crate::{BridgeId, ChannelId, Text, Time};

/// All records that are not told yet.
#[derive(Debug, Default)]
pub struct Keeper {
    rules: Option<Rules>,
    chains: FxHashMap<ChannelId, Vec<Open>>,
    /// Which channels have a record whose called party is this one.
    callers: FxHashMap<ChannelId, Vec<ChannelId>>,
    members: FxHashMap<BridgeId, Vec<ChannelId>>,
    sequence: u64,
}

impl Keeper {
    /// Takes new rules; they hold from the next fact on.
    pub fn configure(&mut self, rules: Rules) {
        self.rules = Some(rules);
    }

    /// Takes note of a fact and appends the records that it completed.
    pub fn observe(&mut self, now: Time, fact: &Fact, told: &mut Vec<Fact>) {
        let Some(rules) = self.rules.filter(|rules| rules.enabled) else {
            return;
        };
        match fact {
            Fact::ChannelCreated(channel) => {
                self.chains
                    .insert(channel.id, vec![Open::new(channel, now)]);
            }
            Fact::ApplicationBegan(channel) | Fact::ApplicationRuns(channel) => {
                self.application(now, channel, rules);
            }
            Fact::CallerChanged(channel) | Fact::AccountChanged { channel, .. } => {
                self.update(channel);
            }
            Fact::Answered(channel) => self.answered(now, channel),
            Fact::DialBegan { caller, dest, .. } => self.dial_began(now, caller.as_ref(), dest),
            Fact::DialEnded {
                caller,
                dest,
                status,
                ..
            } => {
                self.dial_ended(now, caller.as_ref(), dest, status, rules);
            }
            Fact::BridgeEntered {
                bridge, channel, ..
            } => self.entered(now, bridge.id, channel),
            Fact::BridgeLeft { bridge, channel } => self.left(now, bridge.id, channel, rules),
            Fact::HungUp(channel) => self.hung_up(now, channel, rules, told),
            _ => {}
        }
    }

    /// Changes the open records of a channel, as `Set(CDR(…)=…)` does; false where it has none.
    pub fn set(&mut self, channel: ChannelId, name: &str, value: &Text) -> bool {
        let Some(chain) = self.chains.get_mut(&channel) else {
            return false;
        };
        for record in chain.iter_mut().filter(|record| record.end.is_none()) {
            match name {
                "userfield" => record.userfield = value.clone(),
                _ => {
                    record.variables.retain(|(n, _)| &**n != name);
                    record.variables.push((Text::from(name), value.clone()));
                }
            }
        }
        true
    }

    /// The newest record of a channel as it would be told now.
    pub fn peek(&self, channel: ChannelId, now: Time) -> Option<Cdr> {
        let rules = self.rules?;
        let record = self.chains.get(&channel)?.last()?;
        Some(
            record
                .clone()
                .finish(now, rules)
                .into_cdr(self.sequence, rules),
        )
    }

    /// Starts a channel's record anew, as `ResetCDR` does; `keep` leaves its variables.
    pub fn reset(&mut self, now: Time, channel: &Snap, keep: bool) {
        for record in self.chains.get_mut(&channel.id).into_iter().flatten() {
            if record.end.is_none() {
                record.start = now;
                record.answer = record.answer.map(|_| now);
                if !keep {
                    record.variables.clear();
                    record.userfield = Text::default();
                }
            }
        }
    }

    /// Ends a channel's open record and begins another, as `ForkCDR` does.
    pub fn fork(&mut self, now: Time, channel: &Snap, keep: bool, reset: bool, finalize: bool) {
        let Some(rules) = self.rules else { return };
        let Some(chain) = self.chains.get_mut(&channel.id) else {
            return;
        };
        let Some(last) = chain.last_mut() else { return };
        let mut fresh = last.clone();
        if finalize {
            last.close(now, rules);
        }
        fresh.end = None;
        fresh.caller = channel.clone();
        if reset {
            fresh.start = now;
            fresh.answer = fresh.answer.map(|_| now);
        }
        if !keep {
            fresh.variables.clear();
        }
        chain.push(fresh);
    }

    /// Leaves the open records of a channel out (`NoCDR`), or takes them in again.
    pub fn disable(&mut self, channel: ChannelId, disabled: bool) {
        for record in self.chains.get_mut(&channel).into_iter().flatten() {
            if record.end.is_none() {
                record.disabled = disabled;
            }
        }
    }

    fn update(&mut self, channel: &Snap) {
        for record in self.chains.get_mut(&channel.id).into_iter().flatten() {
            if record.end.is_none() {
                record.caller = channel.clone();
            }
        }
    }

    fn application(&mut self, now: Time, channel: &Snap, rules: Rules) {
        let Some(chain) = self.chains.get_mut(&channel.id) else {
            return;
        };
        if &*channel.exten == "h" {
            if rules.end_before_h {
                for record in chain.iter_mut().filter(|record| record.end.is_none()) {
                    record.caller = channel.clone();
                    record.close(now, rules);
                }
            }
            return;
        }
        if channel.dialed {
            // What called it names the application; its own record follows the dialplan alone.
            if let Some(record) = chain.last_mut().filter(|record| record.end.is_none()) {
                record.caller = channel.clone();
            }
            return;
        }
        if chain.iter().all(|record| record.end.is_some()) {
            let mut record = Open::new(channel, now);
            if channel.state == crate::State::Up {
                record.answer = Some(now);
                record.disposition = Disposition::Answered;
            }
            chain.push(record);
        }
        // A record of a channel in a bridge is about that bridge: where the channel goes next is another's.
        let free = |record: &&mut Open| record.end.is_none() && record.bridge.is_none();
        for record in chain.iter_mut().filter(free) {
            record.caller = channel.clone();
            record.destination = channel.exten.clone();
            record.context = channel.context.clone();
            record.application = channel.application.clone();
            record.data = channel.data.clone();
        }
    }

    fn answered(&mut self, now: Time, channel: &Snap) {
        for record in self.chains.get_mut(&channel.id).into_iter().flatten() {
            if record.end.is_none() {
                record.caller = channel.clone();
                record.answer.get_or_insert(now);
                record.disposition = Disposition::Answered;
            }
        }
    }

    fn dial_began(&mut self, now: Time, caller: Option<&Snap>, dest: &Snap) {
        let Some(caller) = caller else {
            self.update(dest);
            return;
        };
        let chain = self.chains.entry(caller.id).or_default();
        match chain.last_mut() {
            Some(record) if record.end.is_none() && record.peer.is_none() => {
                record.peer = Some(dest.clone());
            }
            Some(record) => {
                let mut record = record.clone();
                if record.end.take().is_some() {
                    record.start = now;
                }
                record.caller = caller.clone();
                record.bridge = None;
                record.answer = caller.answered.map(|_| now);
                record.disposition = Disposition::NoAnswer;
                record.peer = Some(dest.clone());
                chain.push(record);
            }
            None => {
                let mut record = Open::new(caller, now);
                record.peer = Some(dest.clone());
                chain.push(record);
            }
        }
        self.callers.entry(dest.id).or_default().push(caller.id);
    }

    fn dial_ended(
        &mut self,
        now: Time,
        caller: Option<&Snap>,
        dest: &Snap,
        status: &str,
        rules: Rules,
    ) {
        let party = caller.unwrap_or(dest);
        let Some(chain) = self.chains.get_mut(&party.id) else {
            return;
        };
        let record = chain.iter_mut().find(|record| {
            record.end.is_none()
                && match caller {
                    Some(_) => record.peer.as_ref().is_some_and(|peer| peer.id == dest.id),
                    None => true,
                }
        });
        let Some(record) = record else { return };
        match status {
            "ANSWER" => {
                record.answer.get_or_insert(now);
                record.disposition = Disposition::Answered;
            }
            "BUSY" => record.disposition = Disposition::Busy,
            "CONGESTION" if rules.congestion => record.disposition = Disposition::Congestion,
            "CONGESTION" | "CHANUNAVAIL" | "INVALIDARGS" => {
                record.disposition = Disposition::Failed;
            }
            _ => record.disposition = Disposition::NoAnswer,
        }
        if status == "ANSWER" {
            record.peer = record.peer.take().map(|_| dest.clone());
        } else if caller.is_some() {
            record.answer = None;
            record.close(now, rules);
        }
    }

    fn entered(&mut self, now: Time, bridge: BridgeId, channel: &Snap) {
        let others = self.members.entry(bridge).or_default();
        let met = others.clone();
        others.push(channel.id);
        self.join(channel.id, bridge);
        for other in met {
            if self.has_pair(channel.id, other, bridge) || self.has_pair(other, channel.id, bridge)
            {
                continue;
            }
            let Some(other) = self.latest(other) else {
                continue;
            };
            let (caller, peer) = match (other.dialed, channel.dialed) {
                (true, false) => (channel, &other),
                (false, true) => (&other, channel),
                _ if channel.created < other.created => (channel, &other),
                _ => (&other, channel),
            };
            self.pair(now, caller.clone(), peer.clone(), bridge);
        }
    }

    /// Marks the open record of a channel as talking in the bridge.
    fn join(&mut self, channel: ChannelId, bridge: BridgeId) {
        for record in self.chains.get_mut(&channel).into_iter().flatten() {
            if record.end.is_none() {
                record.bridge = Some(bridge);
            }
        }
    }

    fn has_pair(&mut self, caller: ChannelId, peer: ChannelId, bridge: BridgeId) -> bool {
        let Some(chain) = self.chains.get_mut(&caller) else {
            return false;
        };
        let record = chain.iter_mut().find(|record| {
            record.end.is_none() && record.peer.as_ref().is_some_and(|p| p.id == peer)
        });
        record.is_some_and(|record| {
            record.bridge = Some(bridge);
            true
        })
    }

    fn latest(&self, channel: ChannelId) -> Option<Snap> {
        Some(self.chains.get(&channel)?.last()?.caller.clone())
    }

    fn pair(&mut self, now: Time, caller: Snap, peer: Snap, bridge: BridgeId) {
        let chain = self.chains.entry(caller.id).or_default();
        let free = chain
            .iter_mut()
            .find(|record| record.end.is_none() && record.peer.is_none());
        let record = match free {
            Some(record) => record,
            None => {
                let mut record = match chain.iter().rev().find(|record| record.end.is_none()) {
                    Some(open) => open.clone(),
                    None => Open::new(&caller, now),
                };
                record.start = now;
                record.answer = None;
                record.end = None;
                chain.push(record);
                let Some(last) = chain.last_mut() else { return };
                last
            }
        };
        record.bridge = Some(bridge);
        record.answer.get_or_insert(now);
        record.disposition = Disposition::Answered;
        self.callers.entry(peer.id).or_default().push(caller.id);
        record.peer = Some(peer);
    }

    fn left(&mut self, now: Time, bridge: BridgeId, channel: &Snap, rules: Rules) {
        if let Some(members) = self.members.get_mut(&bridge) {
            members.retain(|id| *id != channel.id);
            if members.is_empty() {
                self.members.remove(&bridge);
            }
        }
        for record in self.chains.get_mut(&channel.id).into_iter().flatten() {
            if record.bridge == Some(bridge) {
                record.close(now, rules);
            }
        }
        for caller in self.callers.get(&channel.id).into_iter().flatten() {
            for record in self.chains.get_mut(caller).into_iter().flatten() {
                let with = record
                    .peer
                    .as_ref()
                    .is_some_and(|peer| peer.id == channel.id);
                if with && record.bridge == Some(bridge) {
                    record.close(now, rules);
                }
            }
        }
    }

    fn hung_up(&mut self, now: Time, channel: &Snap, rules: Rules, told: &mut Vec<Fact>) {
        self.callers.remove(&channel.id);
        for mut record in self.chains.remove(&channel.id).unwrap_or_default() {
            if let Some(peer) = &record.peer
                && let Some(callers) = self.callers.get_mut(&peer.id)
            {
                callers.retain(|caller| *caller != channel.id);
                if callers.is_empty() {
                    self.callers.remove(&peer.id);
                }
            }
            if record.end.is_none() {
                record.caller = channel.clone();
            }
            let record = record.finish(now, rules);
            if record.is_told(rules) {
                self.sequence += 1;
                told.push(Fact::Cdr(Arc::new(record.into_cdr(self.sequence, rules))));
            }
        }
    }
}
