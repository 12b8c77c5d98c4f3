//! What is done with one session every 20 ms: what its far end hears is mixed, what it says is looked into.

use std::time::Duration;

use super::far;
use super::mixing::{Feed, Mixing};
use super::output::Tick;
use super::session::Session;
use crate::dtmf::{Finder, Heard};
use crate::mix::Resampler;
use crate::talk::Talk;

#[derive(Default)]
pub(super) struct Listening {
    mixing: Mixing,
    /// Digits are looked for in the sound because they were agreed to be there.
    pub(super) tones_agreed: bool,
    talk: Option<Talk>,
    finder: Option<(Resampler, Finder)>,
    frame: Vec<i16>,
    narrow: Vec<i16>,
}

/// What was found in a tick.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) heard: Vec<Heard>,
    pub(super) talking: Option<bool>,
}

impl Listening {
    pub(super) fn clear(&mut self) {
        *self = Listening::default();
    }

    pub(super) fn hear(&mut self, feeds: Vec<Feed>) {
        self.mixing.set(feeds);
    }

    /// Finds out who talks, or leaves that off; an order that says the same again changes nothing.
    pub(super) fn listen(&mut self, silence: Option<Duration>) {
        match (&mut self.talk, silence) {
            (Some(talk), Some(silence)) => talk.set_silence(silence),
            (talk, silence) => *talk = silence.map(Talk::new),
        }
    }

    pub(super) fn tick(&mut self, session: &Session, tick: u64, now: Duration) -> Found {
        let mut found = Found::default();
        self.look(session, tick, &mut found);
        let (codec, alive) = {
            let output = session.output();
            (output.codec(), output.must_keep_alive(now))
        };
        let rate = codec.map_or(8_000, |codec| codec.sample_rate());
        self.frame.clear();
        let mixed = !self.mixing.is_empty() || alive;
        if mixed {
            self.mixing.run(tick, rate, &mut self.frame);
            far::louder(&mut self.frame, session.loudness().hears);
        }
        let mut output = session.output();
        let digit = output.digit_tick(&session.sound, &mut self.frame, now);
        if digit == Tick::Tones || (mixed && digit == Tick::Free) {
            output.frame(&session.sound, &self.frame, now);
        }
        found
    }

    fn look(&mut self, session: &Session, tick: u64, found: &mut Found) {
        let digits = self.tones_agreed;
        if !digits {
            self.finder = None;
        }
        if !digits && self.talk.is_none() {
            return;
        }
        let rate = far::frame(session, tick, &mut self.frame);
        if rate.is_none() {
            self.frame.clear();
        }
        if let Some(talk) = &mut self.talk {
            found.talking = talk.take(&self.frame);
        }
        if !digits {
            return;
        }
        let rate = rate.unwrap_or(8_000);
        if self.frame.is_empty() {
            self.frame.resize(crate::mix::frame_len(rate), 0);
        }
        if self
            .finder
            .as_ref()
            .map(|(resampler, _)| resampler.rates().0)
            != Some(rate)
        {
            let finder = self
                .finder
                .take()
                .map(|(_, finder)| finder)
                .unwrap_or_default();
            self.finder = Some((Resampler::new(rate, 8_000), finder));
        }
        if let Some((resampler, finder)) = &mut self.finder {
            self.narrow.clear();
            resampler.run(&self.frame, &mut self.narrow);
            finder.take(&self.narrow, |heard| found.heard.push(heard));
        }
    }
}
