//! Which channel has which session, and who hears whom: from the orders to what each session does.

// Long because who hears whom is decided in one place, under one lock.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Weak};
use std::time::Duration;

use rustc_hash::FxHashMap;
use switch::ChannelId;
use switch::signal::Order;
use switch::sound::{Loudness, Play, Recording, Source};

use super::Counts;
use super::mixer::Work;
use super::mixing::Feed;
use super::player::Player;
use super::session::Session;
use super::shared::{Shared, TICK};
use super::tap::Tap;
use crate::codec::Codec;
use crate::limits;
use crate::session::SessionId;

#[derive(Default)]
pub(super) struct Registry {
    pub(super) sessions: FxHashMap<SessionId, Arc<Session>>,
    channels: FxHashMap<ChannelId, Channel>,
    /// Channels that were without a session at some time, the one longest ago first.
    idle: VecDeque<ChannelId>,
    heard_by: FxHashMap<ChannelId, BTreeSet<ChannelId>>,
    /// Plays with the tick at which each began.
    plays: FxHashMap<u64, (Weak<Player>, u64)>,
    pub(super) count: u64,
}

#[derive(Default)]
struct Channel {
    session: Option<Arc<Session>>,
    hear: Vec<Source>,
    listen: Option<Duration>,
    loudness: Loudness,
    recordings: Vec<(Recording, Arc<Tap>)>,
    /// Whose far ends are in any of the above.
    watches: BTreeSet<ChannelId>,
    /// Whom it hears packet by packet.
    relays: Option<ChannelId>,
    /// Packets cannot be relayed although both agreed on the same codec: others come.
    unfit: bool,
}

impl Registry {
    /// The session that a channel has.
    pub(super) fn session_of(&self, channel: ChannelId) -> Option<Arc<Session>> {
        self.channels.get(&channel)?.session.clone()
    }

    /// A channel's session; orders that came before are carried out now.
    pub(super) fn attach(&mut self, shared: &Shared, id: SessionId, channel: ChannelId) {
        let Some(session) = self.sessions.get(&id).cloned() else {
            return;
        };
        if let Some(before) = session.channel().filter(|before| *before != channel) {
            self.detach(shared, before, id);
        }
        session.attach(channel);
        let entry = self.channels.entry(channel).or_default();
        entry.unfit = false;
        session.listening().listen(entry.listen);
        session.set_loudness(entry.loudness);
        entry.session = Some(session);
        self.touch(shared, channel);
    }

    /// Both sides agreed anew: what could be relayed may be so no more, or now.
    pub(super) fn agreed(&mut self, shared: &Shared, channel: ChannelId) {
        if let Some(entry) = self.channels.get_mut(&channel) {
            entry.unfit = false;
        }
        self.touch(shared, channel);
    }

    /// A session is closed. Its channel's orders are kept for a while: another session may take its place,
    /// as where a call goes to several phones. Its recordings end.
    pub(super) fn remove(&mut self, shared: &Shared, id: SessionId) -> Option<Arc<Session>> {
        let session = self.sessions.remove(&id)?;
        if let Some(channel) = session.channel() {
            self.detach(shared, channel, id);
        }
        Some(session)
    }

    /// Nothing more comes for a channel.
    pub(super) fn forget(&mut self, shared: &Shared, channel: ChannelId) {
        let Some(mut entry) = self.channels.remove(&channel) else {
            return;
        };
        entry.end_recordings(|_| true);
        for source in &entry.watches {
            self.unwatch(*source, channel);
        }
        if let Some(source) = entry.relays {
            self.relay_list(source);
        }
        self.touch(shared, channel);
    }

    /// Takes an order for a channel's sound. The recording that could not be begun comes back, and why: to be told
    /// when nothing is locked any more.
    pub(super) fn order(
        &mut self,
        shared: &Shared,
        channel: ChannelId,
        order: Order,
    ) -> Option<(u64, String)> {
        if !self.channels.contains_key(&channel) {
            if asks_nothing(&order) {
                return None;
            }
            self.idle(shared, channel);
        }
        let entry = self.channels.entry(channel).or_default();
        let mut failed = None;
        match order {
            Order::Hear(mut sources) => {
                sources.truncate(limits::SOURCES);
                entry.hear = sources;
                entry.unfit = false;
            }
            Order::Listen(silence) => {
                entry.listen = silence;
                if let Some(session) = &entry.session {
                    session.listening().listen(silence);
                }
                return None;
            }
            Order::Loudness(loudness) => {
                entry.loudness = loudness;
                if let Some(session) = &entry.session {
                    session.set_loudness(loudness);
                }
                // What was relayed may have to be made louder now.
                self.touch(shared, channel);
                return None;
            }
            Order::Record(recording) => {
                let id = recording.id;
                if let Err(why) = entry.record(shared, channel, recording) {
                    failed = Some((id, why));
                }
            }
            Order::EndRecording(id) | Order::DropRecording(id) => {
                if matches!(order, Order::DropRecording(_)) {
                    entry.drop_recording(id);
                }
                entry.end_recordings(|recording| recording.id == id);
                if entry.is_idle() {
                    // Such as a Local channel that was recorded: nothing tells of its end.
                    self.idle.retain(|waiting| *waiting != channel);
                    self.forget(shared, channel);
                    return None;
                }
            }
            _ => return None,
        }
        self.watch(channel);
        self.plan(shared, channel);
        failed
    }

    /// Those who hear this channel packet by packet get packets that they do not take.
    pub(super) fn unfit(&mut self, shared: &Shared, source: ChannelId) {
        let listeners = self.heard_by.get(&source).cloned().unwrap_or_default();
        for listener in listeners {
            if let Some(entry) = self.channels.get_mut(&listener)
                && entry.relays == Some(source)
            {
                entry.unfit = true;
                self.plan(shared, listener);
            }
        }
    }

    #[cfg(test)]
    pub(super) fn known(&self) -> usize {
        self.channels.len()
    }

    pub(super) fn counts(&self) -> Counts {
        let plays = self.plays.values();
        Counts {
            sessions: self.sessions.len(),
            channels: self
                .channels
                .values()
                .filter(|entry| entry.session.is_some())
                .count(),
            plays: plays
                .filter(|(player, _)| player.strong_count() > 0)
                .count(),
            recordings: self
                .channels
                .values()
                .map(|entry| entry.recordings.len())
                .sum(),
        }
    }

    /// A channel has no session now. The one that has had none for longest is forgotten where there are many.
    fn idle(&mut self, shared: &Shared, channel: ChannelId) {
        self.idle.push_back(channel);
        if self.idle.len() > limits::CHANNELS_WAITING
            && let Some(oldest) = self.idle.pop_front()
            && self
                .channels
                .get(&oldest)
                .is_some_and(|entry| entry.session.is_none())
        {
            self.forget(shared, oldest);
        }
    }

    fn detach(&mut self, shared: &Shared, channel: ChannelId, id: SessionId) {
        if let Some(entry) = self.channels.get_mut(&channel)
            && entry.session.take_if(|session| session.id == id).is_some()
        {
            entry.end_recordings(|_| true);
            let relayed = entry.relays.take();
            self.watch(channel);
            if let Some(source) = relayed {
                self.relay_list(source);
            }
            self.touch(shared, channel);
            self.idle(shared, channel);
        }
    }

    /// Makes the plans of a channel and of all who hear it anew.
    fn touch(&mut self, shared: &Shared, channel: ChannelId) {
        self.plan(shared, channel);
        for listener in self.heard_by.get(&channel).cloned().unwrap_or_default() {
            if listener != channel {
                self.plan(shared, listener);
            }
        }
        self.relay_list(channel);
    }

    /// Notes whose far ends a channel's orders name.
    fn watch(&mut self, channel: ChannelId) {
        let Some(entry) = self.channels.get_mut(&channel) else {
            return;
        };
        let recorded = entry
            .recordings
            .iter()
            .flat_map(|(recording, _)| &recording.sources);
        let now: BTreeSet<ChannelId> = entry
            .hear
            .iter()
            .chain(recorded)
            .filter_map(|source| match source {
                Source::Far(far) => Some(*far),
                Source::Play(_) => None,
            })
            .collect();
        let before = std::mem::replace(&mut entry.watches, now.clone());
        for source in before.difference(&now) {
            self.unwatch(*source, channel);
        }
        for source in now {
            self.heard_by.entry(source).or_default().insert(channel);
        }
    }

    fn unwatch(&mut self, source: ChannelId, listener: ChannelId) {
        if let Some(listeners) = self.heard_by.get_mut(&source) {
            listeners.remove(&listener);
            if listeners.is_empty() {
                self.heard_by.remove(&source);
            }
        }
    }

    /// Decides how a channel comes to hear what it is to hear, and sees to it.
    fn plan(&mut self, shared: &Shared, channel: ChannelId) {
        let Some(entry) = self.channels.get(&channel) else {
            return;
        };
        let relays = entry
            .session
            .as_ref()
            .and_then(|session| self.can_relay(entry, session));
        let taps: Vec<_> = entry
            .recordings
            .iter()
            .map(|(recording, tap)| (recording.sources.clone(), Arc::clone(tap)))
            .collect();
        let (hear, session) = (entry.hear.clone(), entry.session.clone());
        for (sources, tap) in taps {
            let feeds = self.feeds(shared, &sources, tap.format().rate());
            tap.hear(feeds);
        }
        if let Some(session) = session {
            let rate = session.output().codec().map_or(8_000, Codec::sample_rate);
            let feeds = match relays {
                Some(_) => Vec::new(),
                None => self.feeds(shared, &hear, rate),
            };
            session.listening().hear(feeds);
        }
        let before = match self.channels.get_mut(&channel) {
            Some(entry) => std::mem::replace(&mut entry.relays, relays),
            None => None,
        };
        for source in [before.filter(|before| relays != Some(*before)), relays]
            .into_iter()
            .flatten()
        {
            self.relay_list(source);
        }
    }

    /// The one channel whose packets may go on as they are.
    fn can_relay(&self, entry: &Channel, session: &Session) -> Option<ChannelId> {
        let [Source::Far(source)] = entry.hear[..] else {
            return None;
        };
        let other = self.channels.get(&source)?;
        let from = other.session.as_ref()?;
        let as_it_is = entry.loudness.hears == 1.0 && other.loudness.says == 1.0;
        if entry.unfit || !as_it_is {
            return None;
        }
        let theirs = from.output().codec()?;
        (session.output().codec()? == theirs).then_some(source)
    }

    /// Tells a source's packet thread whom its packets go to.
    fn relay_list(&self, source: ChannelId) {
        let Some(session) = self
            .channels
            .get(&source)
            .and_then(|entry| entry.session.as_ref())
        else {
            return;
        };
        let listeners = self.heard_by.get(&source).into_iter().flatten();
        let list: Vec<Arc<Session>> = listeners
            .filter_map(|listener| self.channels.get(listener))
            .filter(|entry| entry.relays == Some(source))
            .filter_map(|entry| entry.session.clone())
            .collect();
        session.input().relay = list;
    }

    fn feeds(&mut self, shared: &Shared, sources: &[Source], rate: u32) -> Vec<Feed> {
        sources
            .iter()
            .filter_map(|source| match source {
                Source::Far(channel) => {
                    let session = self.channels.get(channel)?.session.clone()?;
                    // Nothing can come before both sides agreed, and then this is decided anew.
                    session.output().codec()?;
                    Some(Feed::Far(session))
                }
                Source::Play(play) => Some(Feed::Play(self.player(shared, play, rate))),
            })
            .collect()
    }

    /// The player of a play: the same for all who hear it. One that nobody heard for a while goes on where it
    /// would be. `rate` is that of who hears it first.
    fn player(&mut self, shared: &Shared, play: &Play, rate: u32) -> Arc<Player> {
        let tick = Shared::tick(shared.now());
        let begun = match self.plays.get(&play.id) {
            Some((player, begun)) => match player.upgrade() {
                Some(player) => return player,
                None => *begun,
            },
            None => tick,
        };
        if self.plays.len() >= limits::PLAYS {
            self.plays
                .retain(|_, (player, _)| player.strong_count() > 0);
        }
        let late = TICK * u32::try_from(tick - begun).unwrap_or(u32::MAX);
        let player = Arc::new(Player::new(play, rate, late, &shared.disk));
        self.plays.insert(play.id, (Arc::downgrade(&player), begun));
        player
    }
}

impl Channel {
    /// Whether it has no session, and nothing waits for one.
    fn is_idle(&self) -> bool {
        let waits = !self.hear.is_empty()
            || self.listen.is_some()
            || !self.recordings.is_empty()
            || self.loudness != Loudness::default();
        self.session.is_none() && !waits
    }

    fn record(
        &mut self,
        shared: &Shared,
        channel: ChannelId,
        recording: Recording,
    ) -> Result<(), String> {
        if let Some((old, _)) = self
            .recordings
            .iter_mut()
            .find(|(old, _)| old.id == recording.id)
        {
            old.sources = recording.sources;
            return Ok(());
        }
        if self.recordings.len() >= limits::RECORDINGS {
            return Err(format!(
                "a channel has at most {} recordings",
                limits::RECORDINGS
            ));
        }
        let tap = Tap::begin(channel, &recording, &shared.disk)?;
        let mixer = &shared.mixers[channel.0 as usize % shared.mixers.len()];
        if mixer.try_send(Work::Tap(Arc::clone(&tap))).is_err() {
            tap.close();
            return Err("the mixing threads are overloaded".to_owned());
        }
        self.recordings.push((recording, tap));
        Ok(())
    }

    /// The file of a recording is to be deleted once it is closed.
    fn drop_recording(&self, id: u64) {
        let mut recordings = self.recordings.iter();
        if let Some((_, tap)) = recordings.find(|(recording, _)| recording.id == id) {
            tap.drop_file();
        }
    }

    fn end_recordings(&mut self, is_over: impl Fn(&Recording) -> bool) {
        self.recordings.retain(|(recording, tap)| {
            let over = is_over(recording);
            if over {
                tap.close();
            }
            !over
        });
    }
}

/// Whether an order takes back what a channel that is not known never had.
fn asks_nothing(order: &Order) -> bool {
    match order {
        Order::Hear(sources) => sources.is_empty(),
        Order::Listen(silence) => silence.is_none(),
        Order::Loudness(loudness) => *loudness == Loudness::default(),
        Order::Record(_) => false,
        _ => true,
    }
}
