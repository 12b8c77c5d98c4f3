//! The notation of `PlayTones`.

use std::fmt;

use crate::limits::TONES;

/// What a list says.
pub(super) struct List {
    pub(super) parts: Vec<Part>,
    /// The first part that is repeated: the first without a `!`.
    pub(super) again: Option<usize>,
}

/// A sound and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) sound: Sound,
    /// How long it lasts; none is for ever.
    pub(super) millis: Option<u64>,
}

impl Part {
    /// How many samples it is; none where it lasts for ever.
    pub(super) fn samples(self, rate: u32) -> Option<u64> {
        self.millis.map(|millis| millis * u64::from(rate) / 1_000)
    }
}

/// Frequencies in Hz; 0 is silence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sound {
    pub(super) tones: [f64; 2],
    /// That of their swinging loudness.
    pub(super) swing: f64,
}

/// A list of tones that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTone {
    text: String,
    why: &'static str,
}

impl fmt::Display for BadTone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tone '{}': {}", self.text, self.why)
    }
}

impl std::error::Error for BadTone {}

/// Reads a list.
pub(super) fn parse(text: &str) -> Result<List, BadTone> {
    let mut list = List {
        parts: Vec::new(),
        again: None,
    };
    for written in text.split([',', '|']).map(str::trim) {
        let bad = |why| BadTone {
            text: written.chars().take(40).collect(),
            why,
        };
        if list.parts.len() == TONES {
            return Err(bad("too many parts in one list"));
        }
        let (once, tone) = match written.strip_prefix('!') {
            Some(tone) => (true, tone),
            None => (false, written),
        };
        let part = part(tone).map_err(bad)?;
        if !once && list.again.is_none() {
            list.again = Some(list.parts.len());
        }
        list.parts.push(part);
    }
    Ok(list)
}

fn part(text: &str) -> Result<Part, &'static str> {
    let (sound, millis) = match text.split_once('/') {
        Some((sound, millis)) => {
            let millis: u32 = millis.trim().parse().map_err(|_| "no such time")?;
            (sound, u64::from(millis))
        }
        None => (text, 0),
    };
    let (tones, swing) = match sound.split_once('*') {
        Some((tones, swing)) => (tones, frequency(swing)?),
        None => (sound, 0.0),
    };
    let tones = match tones.split_once('+') {
        Some((first, second)) => [frequency(first)?, frequency(second)?],
        None => [frequency(tones)?, 0.0],
    };
    Ok(Part {
        sound: Sound { tones, swing },
        millis: (millis > 0).then_some(millis),
    })
}

/// Reads `440` or, as a MIDI note, `M69`.
fn frequency(text: &str) -> Result<f64, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("a frequency is missing");
    }
    if let Some(note) = text.strip_prefix(['M', 'm']) {
        let note: u8 = note.parse().map_err(|_| "no such note")?;
        if note > 127 {
            return Err("no such note");
        }
        return Ok(440.0 * ((f64::from(note) - 69.0) / 12.0).exp2());
    }
    let frequency: u32 = text.parse().map_err(|_| "no such frequency")?;
    if frequency > HIGHEST {
        return Err("nobody hears such a frequency");
    }
    Ok(f64::from(frequency))
}

/// The highest frequency that can be named: half of the highest rate.
const HIGHEST: u32 = 24_000;
