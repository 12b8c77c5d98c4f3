//! Tones: those of telephone networks, of digits and of measurement.
//!
//! [`Tones`] plays a list in the notation of `PlayTones`:
//!
//! | written | heard |
//! | --- | --- |
//! | `425` | 425 Hz, for ever |
//! | `425/1000,0/4000` | a second of it and four of silence, over and over |
//! | `350+440` | both at once |
//! | `440*20` | 440 Hz whose loudness swings twenty times a second |
//! | `!950/330,!1400/330,0` | parts with `!` before the first without it are not repeated |
//! | `M69/200` | a MIDI note, here a' of 440 Hz |
//!
//! Parts are parted by `,` or `|`. Times are milliseconds; none, or 0, is for ever. A list whose parts
//! all have a `!` ends.
//!
//! A frequency sounds at -10 dBm0, the level that ITU-T E.180 recommends for tones of a network.

mod digit;
mod level;
mod notation;
#[cfg(test)]
mod tests;
mod wave;

use std::time::Duration;

pub use digit::Digit;
pub use notation::BadTone;

use notation::{Part, Sound};
use wave::Wave;

/// A list of tones that is being played. Equal frequencies go on without a break in their phase.
#[derive(Debug, Clone)]
pub struct Tones {
    parts: Vec<Part>,
    /// The part to go on with behind the last; none if the list ends there.
    again: Option<usize>,
    part: usize,
    /// Samples of the part that were played, at `rate`.
    played: u64,
    rate: u32,
    waves: [Wave; 3],
    peak: f64,
}

impl Tones {
    /// Reads a list.
    pub fn parse(text: &str) -> Result<Tones, BadTone> {
        let list = notation::parse(text)?;
        Ok(Tones::new(list.parts, list.again, level::TONE))
    }

    /// 1004 Hz at 0 dBm0 for ever: no part of the rate, so that every code of G.711 occurs.
    pub fn milliwatt() -> Tones {
        Tones::measure(1_004)
    }

    /// 1000 Hz at 0 dBm0 for ever: at 8 kHz the digital milliwatt, eight codes of G.711 over and over
    /// (ITU-T G.711, tables 5 and 6).
    pub fn digital_milliwatt() -> Tones {
        let mut tones = Tones::measure(1_000);
        tones.waves[0] = Wave::beginning_at(1.0 / 16.0);
        tones
    }

    fn measure(frequency: u32) -> Tones {
        let part = Part {
            sound: Sound {
                tones: [f64::from(frequency), 0.0],
                swing: 0.0,
            },
            millis: None,
        };
        Tones::new(vec![part], Some(0), level::ZERO)
    }

    fn new(parts: Vec<Part>, again: Option<usize>, peak: f64) -> Tones {
        Tones {
            parts,
            again,
            part: 0,
            played: 0,
            rate: MILLIS,
            waves: [Wave::default(); 3],
            peak,
        }
    }

    /// Whether a list without a repeated part has been played to its end.
    pub fn is_over(&self) -> bool {
        self.part >= self.parts.len()
    }

    /// Fills `sound` with what comes next, at so many samples a second; with silence when it is over. A
    /// frequency that this rate cannot carry is left out.
    pub fn fill(&mut self, rate: u32, mut sound: &mut [i16]) {
        self.adopt(rate);
        while let Some(part) = self.parts.get(self.part).filter(|_| !sound.is_empty()) {
            let left = part
                .samples(self.rate)
                .map_or(u64::MAX, |all| all - self.played);
            let run = usize::try_from(left).map_or(sound.len(), |left| left.min(sound.len()));
            let (now, rest) = sound.split_at_mut(run);
            play(part.sound, self.peak, &mut self.waves, rate, now);
            sound = rest;
            self.pass(run as u64);
        }
        sound.fill(0);
    }

    /// Leaves out what would be heard in so long a time, in whole milliseconds.
    pub fn skip(&mut self, span: Duration) {
        self.adopt(MILLIS);
        let mut left = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        let mut is_reduced = false;
        while let Some(part) = self.parts.get(self.part).filter(|_| left > 0) {
            let step = part.millis.map_or(left, |all| left.min(all - self.played));
            left -= step;
            self.pass(step);
            // A whole round later everything is as it is now.
            let is_round = Some(self.part) == self.again && self.played == 0;
            if let (true, false, Some(round)) = (is_round, is_reduced, self.round()) {
                left %= round;
                is_reduced = true;
            }
        }
    }

    /// Milliseconds of what is repeated; none where a part of it lasts for ever.
    fn round(&self) -> Option<u64> {
        let repeated = self.parts.get(self.again?..)?;
        repeated.iter().map(|part| part.millis).sum()
    }

    /// Goes on by what is played of the part, and to the next at its end. Of a part that lasts for ever
    /// nobody needs to know how long it has lasted.
    fn pass(&mut self, samples: u64) {
        let Some(all) = self
            .parts
            .get(self.part)
            .and_then(|part| part.samples(self.rate))
        else {
            return;
        };
        self.played += samples;
        if self.played >= all {
            self.played = 0;
            self.part += 1;
            if let (true, Some(again)) = (self.is_over(), self.again) {
                self.part = again;
            }
        }
    }

    /// Counts in samples of this rate from now on.
    fn adopt(&mut self, rate: u32) {
        // Below, a part of a millisecond would have no sample, and a round of them no end.
        let rate = rate.max(MILLIS);
        self.played = self.played * u64::from(rate) / u64::from(self.rate);
        self.rate = rate;
    }
}

/// The rate at which a sample is a millisecond.
const MILLIS: u32 = 1_000;

/// Fills `out` with a part's sound.
fn play(sound: Sound, peak: f64, waves: &mut [Wave; 3], rate: u32, out: &mut [i16]) {
    let [first, second, swing] = waves;
    first.tune(sound.tones[0], rate);
    second.tune(sound.tones[1], rate);
    swing.tune(sound.swing, rate);
    for sample in out {
        let mut value = peak * (first.next() + second.next());
        if !swing.is_silent() {
            value *= (1.0 + level::SWING * swing.next()) / (1.0 + level::SWING);
        }
        *sample = value.round() as i16;
    }
}
