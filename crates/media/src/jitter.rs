//! The jitter buffer: packets come when they come, samples leave every 20 ms.
//!
//! It exists on decoded paths alone. It waits [`limits::JITTER_LEAST`] plus twice the measured jitter, up to
//! [`limits::JITTER_DELAY`], before it plays, and again after it ran dry; where the far end's clock is faster
//! than ours, a packet is left out each time too many have gathered.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::codec::Codec;
use crate::limits;

/// A packet's sound, not decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// What it is.
    pub codec: Codec,
    /// How long it is, in microseconds.
    pub micros: u32,
    /// It.
    pub payload: Vec<u8>,
}

/// What to play next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// This.
    Sound(Sound),
    /// A packet is missing although later ones are there: make something up for it.
    Lost,
    /// Nothing is there yet.
    Empty,
}

/// Packets that wait for their turn.
#[derive(Debug, Default)]
pub struct Buffer {
    waiting: BTreeMap<u64, Sound>,
    /// Number of the packet that is played next; `None` while it gathers.
    next: Option<u64>,
    highest: Option<u64>,
    /// Calls of `take` since the first packet of what gathers came.
    gathered: u32,
    /// Calls of `take` in a row with more in here than there should be.
    above: u32,
    jitter: Duration,
}

/// Calls with too much in here before a packet is left out: a second's worth, so that a burst passes.
const ABOVE: u32 = 50;

impl Buffer {
    /// Takes a packet with its sequence number and the jitter that was measured so far.
    pub fn put(&mut self, sequence: u16, sound: Sound, jitter: Duration) {
        let number = self.extend(sequence);
        self.jitter = jitter;
        if self.next.is_some_and(|next| number < next) {
            return;
        }
        self.highest = self.highest.max(Some(number));
        self.waiting.insert(number, sound);
        while self.waiting.len() > limits::JITTER_PACKETS {
            self.waiting.pop_first();
            if let (Some(next), Some((first, _))) = (&mut self.next, self.waiting.first_key_value())
            {
                *next = (*next).max(*first);
            }
        }
    }

    /// What to play next. To be called until enough was got for 20 ms, with `first` set the first time.
    pub fn take(&mut self, first: bool) -> Next {
        let Some((&earliest, _)) = self.waiting.first_key_value() else {
            self.gathered = 0;
            return Next::Empty;
        };
        if first {
            self.watch();
        }
        let next = match self.next {
            Some(next) if earliest > next + limits::CONCEALED => earliest,
            Some(next) => next,
            None => {
                self.gathered += u32::from(first);
                let waited = Duration::from_millis(20) * self.gathered.saturating_sub(1);
                if self.waiting_span() < self.target() && waited < self.target() {
                    return Next::Empty;
                }
                earliest
            }
        };
        self.next = Some(next + 1);
        self.gathered = 0;
        self.waiting.remove(&next).map_or(Next::Lost, Next::Sound)
    }

    /// Gathers anew: to be called when it stayed empty for so long that what comes next is another stretch.
    pub fn dry(&mut self) {
        if self.waiting.is_empty() {
            self.next = None;
            self.above = 0;
        }
    }

    /// Forgets everything: another source talks.
    pub fn clear(&mut self) {
        *self = Buffer::default();
    }

    /// How long it waits.
    pub fn target(&self) -> Duration {
        (limits::JITTER_LEAST + 2 * self.jitter).min(limits::JITTER_DELAY)
    }

    fn waiting_span(&self) -> Duration {
        Duration::from_micros(
            self.waiting
                .values()
                .map(|sound| u64::from(sound.micros))
                .sum(),
        )
    }

    /// Leaves a packet out where too much waits for long.
    fn watch(&mut self) {
        let much =
            self.next.is_some() && self.waiting_span() > self.target() + limits::JITTER_LEAST;
        self.above = if much { self.above + 1 } else { 0 };
        if self.above >= ABOVE {
            self.above = 0;
            if let (Some((number, _)), Some(next)) = (self.waiting.pop_first(), &mut self.next) {
                *next = (*next).max(number + 1);
            }
        }
    }

    /// The sequence number without its wrapping: the one nearest to the highest so far.
    fn extend(&self, sequence: u16) -> u64 {
        let Some(highest) = self.highest else {
            return (1 << 16) + u64::from(sequence);
        };
        let ahead = sequence.wrapping_sub(highest as u16) as i16;
        highest.saturating_add_signed(i64::from(ahead))
    }
}

/// Goes on with a waveform where a packet is missing: the last pitch period again and again, fading out over
/// 60 ms (the idea of G.711's appendix I, without its overlap buffers).
#[derive(Debug, Default)]
pub struct Concealer {
    history: Vec<i16>,
    /// Samples made up since something real came.
    made: usize,
    period: usize,
}

impl Concealer {
    /// Remembers what was really heard.
    pub fn heard(&mut self, samples: &[i16], rate: u32) {
        let most = (rate / 25) as usize;
        self.history.extend_from_slice(samples);
        if self.history.len() > most {
            self.history.drain(..self.history.len() - most);
        }
        self.made = 0;
    }

    /// Puts so many samples, made up, behind those in `out`.
    pub fn conceal(&mut self, samples: usize, rate: u32, out: &mut Vec<i16>) {
        let fade = (rate * 3 / 50).max(1) as usize;
        if self.made == 0 {
            self.period = period(&self.history, rate);
        }
        for _ in 0..samples {
            let left = fade.saturating_sub(self.made);
            let from = match (left, self.period) {
                (0, _) | (_, 0) => 0,
                (_, period) => {
                    let start = self.history.len() - period;
                    i64::from(self.history[start + self.made % period])
                }
            };
            out.push((from * left as i64 / fade as i64) as i16);
            self.made += 1;
        }
    }
}

/// The shift between 2.5 and 15 ms at which the end of the sound looks most like what came before it; 0 where
/// there is not enough of it.
fn period(history: &[i16], rate: u32) -> usize {
    let (least, most) = ((rate / 400) as usize, (rate * 15 / 1_000) as usize);
    let window = (rate / 100) as usize;
    if history.len() < window + most {
        return history.len();
    }
    let end = &history[history.len() - window..];
    // At high rates every second or third shift is near enough.
    let step = (rate / 16_000).max(1) as usize;
    let likeness = |shift: usize| -> f32 {
        let before = &history[history.len() - window - shift..history.len() - shift];
        let (mut both, mut energy) = (0.0_f32, 1.0_f32);
        for (a, b) in end.iter().zip(before).step_by(step) {
            both += f32::from(*a) * f32::from(*b);
            energy += f32::from(*b) * f32::from(*b);
        }
        both / energy.sqrt()
    };
    (least..=most)
        .step_by(step)
        .map(|shift| (shift, likeness(shift)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
        .map_or(0, |(shift, _)| shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(number: u8) -> Sound {
        Sound {
            codec: Codec::Ulaw,
            micros: 20_000,
            payload: vec![number],
        }
    }

    fn put(buffer: &mut Buffer, numbers: &[u16]) {
        for number in numbers {
            buffer.put(*number, sound(*number as u8), Duration::ZERO);
        }
    }

    fn played(buffer: &mut Buffer, ticks: usize) -> Vec<Option<u8>> {
        (0..ticks)
            .filter_map(|_| match buffer.take(true) {
                Next::Sound(sound) => Some(Some(sound.payload[0])),
                Next::Lost => Some(None),
                Next::Empty => None,
            })
            .collect()
    }

    #[test]
    fn it_waits_then_plays_in_order() {
        let mut buffer = Buffer::default();
        put(&mut buffer, &[10]);
        assert_eq!(buffer.take(true), Next::Empty);
        put(&mut buffer, &[12, 11]);
        assert_eq!(played(&mut buffer, 4), [Some(10), Some(11), Some(12)]);
        put(&mut buffer, &[11, 13]);
        assert_eq!(played(&mut buffer, 2), [Some(13)]);
    }

    #[test]
    fn one_packet_alone_is_played_in_time() {
        let mut buffer = Buffer::default();
        put(&mut buffer, &[1]);
        assert_eq!(played(&mut buffer, 2), []);
        assert_eq!(played(&mut buffer, 1), [Some(1)]);
    }

    #[test]
    fn a_hole_is_lost_and_a_wide_one_is_jumped() {
        let mut buffer = Buffer::default();
        put(&mut buffer, &[1, 3, 40]);
        assert_eq!(played(&mut buffer, 9), [Some(1), None, Some(3), Some(40)]);
    }

    #[test]
    fn numbers_wrap() {
        let mut buffer = Buffer::default();
        put(&mut buffer, &[65_534, 0, 65_535, 1]);
        assert_eq!(
            played(&mut buffer, 4),
            [Some(254), Some(255), Some(0), Some(1)]
        );
    }

    #[test]
    fn it_is_bounded_and_plays_the_newest() {
        let mut buffer = Buffer::default();
        put(&mut buffer, &(0..200).collect::<Vec<_>>());
        assert_eq!(buffer.take(true), Next::Sound(sound(150)));
        assert_eq!(buffer.waiting.len(), limits::JITTER_PACKETS - 1);
    }

    #[test]
    fn a_fast_clock_does_not_pile_up() {
        let mut buffer = Buffer::default();
        let mut number = 0;
        for tick in 0..5_000 {
            put(&mut buffer, &[number]);
            number += 1;
            if tick % 100 == 0 {
                put(&mut buffer, &[number]);
                number += 1;
            }
            buffer.take(true);
        }
        assert!(buffer.waiting.len() < 8, "{}", buffer.waiting.len());
    }

    #[test]
    fn jitter_makes_it_wait_longer_within_bounds() {
        let mut buffer = Buffer::default();
        buffer.put(1, sound(1), Duration::from_millis(30));
        assert_eq!(buffer.target(), Duration::from_millis(100));
        buffer.put(2, sound(2), Duration::from_secs(9));
        assert_eq!(buffer.target(), limits::JITTER_DELAY);
    }

    #[test]
    fn a_lost_piece_of_a_tone_is_the_tone() {
        let tone = |n: usize| (8_000.0 * (n as f32 * 0.25).sin()) as i16;
        let heard: Vec<i16> = (0..320).map(tone).collect();
        let mut concealer = Concealer::default();
        concealer.heard(&heard, 8_000);
        let mut out = Vec::new();
        concealer.conceal(160, 8_000, &mut out);
        let error: f32 = (0..80)
            .map(|n| (f32::from(out[n]) - f32::from(tone(320 + n))).abs())
            .sum::<f32>()
            / 80.0;
        assert!(error < 1_500.0, "{error}");
        concealer.conceal(800, 8_000, &mut out);
        assert_eq!(out.last(), Some(&0));
    }
}
