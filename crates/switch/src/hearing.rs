//! Who hears what: the plan of sound for each far end, kept as calls change.
//!
//! What a far end hears is never stored: it follows from plays, music, bridges, Local pairs, holds and
//! mutes. Whatever changes one of these touches the channel; [`Switch::settle_sound`] then works the plans
//! of all that are connected with a touched channel out anew, once an input, and orders those that are
//! others than before. Calls without a driver's channel cost nothing.

use std::sync::Arc;
use std::time::Duration;

use rustc_hash::FxHashSet;

use crate::channel::{Channel, Kind};
use crate::fact::Fact;
use crate::signal::Order;
use crate::sound::{Loudness, Play, Source, What};
use crate::taping::Tape;
use crate::{ChannelId, State, Switch, Text, Time};

/// How many Local pairs a sound is followed through, so that a ring of them comes to an end.
pub(crate) const MOST_PAIRS: u32 = 64;

/// What plays on a channel, what it is to hear besides, and what is made of its sound.
#[derive(Debug, Default)]
pub struct Sounding {
    /// What applications play, all at once.
    plays: Vec<Arc<Play>>,
    music: Option<Arc<Play>>,
    tone: Option<Arc<Play>>,
    /// Whether its far end hears itself.
    echo: bool,
    /// Whom it hears before an answer, and who hears it.
    early: Option<ChannelId>,
    /// Files that its sound goes to.
    pub(crate) tapes: Vec<Tape>,
    /// Whether somebody is told when its far end talks.
    listening: bool,
    /// Whether everybody is (`TALK_DETECT`): after how long a silence, and since when the far end talks.
    talk: Option<(Duration, Option<Time>)>,
    /// How loud it is.
    loudness: Loudness,
    /// What its far end was told to hear.
    told: Vec<Source>,
}

/// What is kept for all channels together.
#[derive(Debug, Default)]
pub(crate) struct Hearing {
    touched: Vec<ChannelId>,
    /// Channels of drivers that are there.
    pub(crate) drivers: usize,
    numbers: u64,
}

impl Sounding {
    /// Class of the music that plays.
    pub fn music(&self) -> Option<&Text> {
        self.music.as_ref().and_then(|play| match &play.what {
            What::Music(class) => Some(class),
            _ => None,
        })
    }

    /// The tone that plays, in the notation of `PlayTones`.
    pub fn tone(&self) -> Option<&Text> {
        self.tone.as_ref().and_then(|play| match &play.what {
            What::Tones(tones) => Some(tones),
            _ => None,
        })
    }

    /// What its far end was told to hear last.
    pub fn told(&self) -> &[Source] {
        &self.told
    }
}

impl Switch {
    /// Begins to play something on a channel in place of its tones and music, from so far into it, in
    /// another language than its own where one is given; the number that [`Switch::stop_play`] wants.
    pub fn start_play(
        &mut self,
        id: ChannelId,
        what: What,
        from: Duration,
        language: Option<Text>,
    ) -> u64 {
        let mut play = self.new_play(id, what, from);
        if let Some(language) = language {
            Arc::make_mut(&mut play).language = language;
        }
        let number = play.id;
        if !self
            .channels
            .get(&id)
            .is_some_and(|channel| channel.on_hold)
        {
            self.stop_music(id);
        }
        self.change_sound(id, |sound| {
            sound.tone = None;
            sound.plays.push(play);
        });
        number
    }

    /// Ends a play.
    pub fn stop_play(&mut self, id: ChannelId, play: u64) {
        self.change_sound(id, |sound| sound.plays.retain(|known| known.id != play));
    }

    /// Sets the tone that a channel hears until another is set: notation of `PlayTones`, or none.
    pub fn set_tone(&mut self, id: ChannelId, tones: Option<Text>) {
        let tone = tones.map(|tones| self.new_play(id, What::Tones(tones), Duration::ZERO));
        self.change_sound(id, |sound| sound.tone = tone);
    }

    /// Begins music of a class on a channel, in place of what plays; without a class that of the channel.
    pub fn start_music(&mut self, id: ChannelId, class: &str) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let class = [class, &channel.music_class, "default"]
            .into_iter()
            .find(|class| !class.is_empty());
        let class = Text::from(class.unwrap_or_default());
        let view = channel.view().clone();
        let music = self.new_play(id, What::Music(class.clone()), Duration::ZERO);
        self.change_sound(id, |sound| sound.music = Some(music));
        self.tell(Fact::MusicStarted {
            channel: view,
            class,
        });
    }

    /// Ends the music on a channel; nothing where none plays.
    pub fn stop_music(&mut self, id: ChannelId) {
        let plays = |channel: &Channel| channel.sound.music.is_some();
        let Some(channel) = self.channels.get(&id).filter(|channel| plays(channel)) else {
            return;
        };
        let view = channel.view().clone();
        self.change_sound(id, |sound| sound.music = None);
        self.tell(Fact::MusicStopped(view));
    }

    /// Whether a channel's far end hears itself.
    pub fn set_echo(&mut self, id: ChannelId, echo: bool) {
        self.change_sound(id, |sound| sound.echo = echo);
    }

    /// Lets two channels hear each other before an answer, while neither is in a bridge.
    pub fn hear_early(&mut self, one: ChannelId, two: ChannelId) {
        for (id, other) in [(one, two), (two, one)] {
            self.forget_early(id);
            self.change_sound(id, |sound| sound.early = Some(other));
        }
    }

    /// Ends that.
    pub fn forget_early(&mut self, id: ChannelId) {
        let other = self.channels.get(&id).and_then(|c| c.sound.early);
        if let Some(other) = other {
            self.change_sound(id, |sound| sound.early = None);
            self.change_sound(other, |sound| {
                if sound.early == Some(id) {
                    sound.early = None;
                }
            });
        }
    }

    /// Silences what comes from a channel (`incoming`) and what goes to it, where a value is given.
    pub fn mute(&mut self, id: ChannelId, incoming: Option<bool>, outgoing: Option<bool>) {
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.muted_in = incoming.unwrap_or(channel.muted_in);
            channel.muted_out = outgoing.unwrap_or(channel.muted_out);
        }
        self.touch_sound(id);
    }

    /// Has it told when a channel's far end talks, and when it has been silent so long; `None` ends that.
    pub fn listen(&mut self, id: ChannelId, silence: Option<Duration>) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let silence = silence.or(channel.sound.talk.map(|(silence, _)| silence));
        let listening = silence.is_some() && !channel.is_hanging_up();
        if std::mem::replace(&mut channel.sound.listening, listening) || listening {
            self.order(id, Order::Listen(silence));
        }
    }

    /// Has everybody told when a channel's far end talks, and when it has been silent so long; `None` ends that.
    pub fn tell_talk(&mut self, id: ChannelId, silence: Option<Duration>) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        channel.sound.talk = silence.map(|silence| (silence, None));
        self.listen(id, silence);
    }

    /// A channel's far end began to talk (`true`) or fell silent: everybody is told where somebody asked for it.
    pub fn talks(&mut self, id: ChannelId, talks: bool) {
        let now = self.now;
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let Some((_, since)) = &mut channel.sound.talk else {
            return;
        };
        let before = std::mem::replace(since, talks.then_some(now));
        let channel = channel.view.clone();
        match (before, talks) {
            (None, true) => self.tell(Fact::TalkBegan(channel)),
            (Some(since), false) => {
                let span = now.since(since);
                self.tell(Fact::TalkEnded { channel, span });
            }
            (None, false) | (Some(_), true) => {}
        }
    }

    /// Changes how loud a driver's channel is; false where it is none.
    pub fn change_loudness(&mut self, id: ChannelId, change: impl FnOnce(&mut Loudness)) -> bool {
        let Some(channel) = self.channels.get_mut(&id) else {
            return false;
        };
        if channel.kind != Kind::Driver {
            return false;
        }
        change(&mut channel.sound.loudness);
        let order = Order::Loudness(channel.sound.loudness);
        self.orders.push((id, order));
        true
    }

    /// Orders what far ends hear from now on, for all whose plan is another than before.
    pub fn settle_sound(&mut self) {
        if self.hearing.touched.is_empty() {
            return;
        }
        let mut next = std::mem::take(&mut self.hearing.touched);
        let mut seen = FxHashSet::default();
        while let Some(id) = next.pop() {
            let Some(channel) = self.channels.get(&id).filter(|_| seen.insert(id)) else {
                continue;
            };
            let bridge = channel.bridge.and_then(|bridge| self.bridges.get(&bridge));
            next.extend(bridge.into_iter().flat_map(|b| b.view.channels.iter()));
            next.extend(channel.local_other());
            next.extend(channel.sound.early);
        }
        let mut seen: Vec<_> = seen.into_iter().collect();
        seen.sort_unstable();
        for id in seen {
            self.settle_one(id);
        }
    }

    fn settle_one(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        // Nobody is there any more to hear what plays to the end of a call.
        let hears = channel.kind == Kind::Driver && !channel.is_hanging_up();
        if hears {
            let mut hears = Vec::new();
            self.hears(id, &mut hears, MOST_PAIRS);
            if let Some(channel) = self.channels.get_mut(&id)
                && channel.sound.told != hears
            {
                channel.sound.told = hears.clone();
                self.orders.push((id, Order::Hear(hears)));
            }
        }
        self.settle_tapes(id);
    }

    /// What a channel's far end is to hear.
    pub(crate) fn hears(&self, id: ChannelId, into: &mut Vec<Source>, pairs: u32) {
        let Some(channel) = self.channels.get(&id).filter(|channel| !channel.muted_out) else {
            return;
        };
        let sound = &channel.sound;
        if !sound.plays.is_empty() {
            into.extend(sound.plays.iter().cloned().map(Source::Play));
        } else if sound.echo {
            self.says(id, into, pairs);
        } else if let Some(play) = sound.music.as_ref().or(sound.tone.as_ref()) {
            into.push(Source::Play(Arc::clone(play)));
        } else if let Some(bridge) = channel.bridge.and_then(|bridge| self.bridges.get(&bridge)) {
            let others = bridge.view.channels.iter().filter(|other| **other != id);
            others.for_each(|other| self.says(*other, into, pairs));
        } else if let Some(early) = sound.early {
            self.says(early, into, pairs);
        }
    }

    /// What comes from a channel: its far end's sound, or what the other half of its pair hears.
    pub(crate) fn says(&self, id: ChannelId, into: &mut Vec<Source>, pairs: u32) {
        let silent = |channel: &Channel| channel.muted_in || channel.held;
        let Some(channel) = self.channels.get(&id).filter(|channel| !silent(channel)) else {
            return;
        };
        match channel.kind {
            Kind::Driver => {
                let far = Source::Far(id);
                if !into.contains(&far) {
                    into.push(far);
                }
            }
            Kind::LocalOne(_) | Kind::LocalTwo(_) => {
                if let Some((other, pairs)) = channel.local_other().zip(pairs.checked_sub(1)) {
                    self.hears(other, into, pairs);
                }
            }
            Kind::Internal => {}
        }
    }

    /// Takes note that what is heard in the calls around a channel may be another now.
    pub(crate) fn touch_sound(&mut self, id: ChannelId) {
        if self.hearing.drivers > 0 {
            self.hearing.touched.push(id);
        }
    }

    /// A channel is about to end: its files are closed, and those who hear it hear it no more.
    pub(crate) fn end_sound(&mut self, id: ChannelId) {
        self.forget_early(id);
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let other = channel.local_other();
        self.end_tapes(id);
        if let Some(other) = other {
            self.touch_sound(other);
        }
    }

    /// What a channel heard while it was alone ends when it comes into a bridge.
    pub(crate) fn bridge_sound(&mut self, id: ChannelId) {
        self.forget_early(id);
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        if !channel.on_hold {
            self.stop_music(id);
        }
        self.change_sound(id, |sound| sound.tone = None);
    }

    /// Takes note that whoever talks with a channel puts it on hold, or takes it off.
    pub(crate) fn hold_sound(&mut self, id: ChannelId, music: Option<&Text>) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let was = std::mem::replace(&mut channel.on_hold, music.is_some());
        // Its own class comes before the one that was suggested.
        let class = match &channel.music_class {
            own if own.is_empty() => music.cloned().unwrap_or_default(),
            own => own.clone(),
        };
        let view = channel.view().clone();
        match music {
            Some(_) => self.start_music(id, &class),
            None if was => self.stop_music(id),
            None => {}
        }
        if view.state == State::Up && was != music.is_some() {
            self.touch_device_of(&view, false);
        }
    }

    fn change_sound(&mut self, id: ChannelId, change: impl FnOnce(&mut Sounding)) {
        if let Some(channel) = self.channels.get_mut(&id) {
            change(&mut channel.sound);
            self.touch_sound(id);
        }
    }

    fn new_play(&mut self, id: ChannelId, what: What, from: Duration) -> Arc<Play> {
        let language = self.channels.get(&id).map(|c| c.view().language.clone());
        Arc::new(Play {
            id: self.number(),
            what,
            from,
            language: language.unwrap_or_default(),
        })
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.hearing.numbers += 1;
        self.hearing.numbers
    }
}
