//! Digits as pairs of tones (ITU-T Q.23), found by the energy at each of the eight frequencies.

use std::f32::consts::PI;
use std::time::Duration;

use super::Heard;

const ROWS: [f32; 4] = [697.0, 770.0, 852.0, 941.0];
const COLUMNS: [f32; 4] = [1_209.0, 1_336.0, 1_477.0, 1_633.0];
const KEYS: [[char; 4]; 4] = [
    ['1', '2', '3', 'A'],
    ['4', '5', '6', 'B'],
    ['7', '8', '9', 'C'],
    ['*', '0', '#', 'D'],
];

/// Samples of a block at 8 kHz: short enough for three in a digit of 40 ms, long enough that neighbouring
/// frequencies (73 Hz apart) fall into different bins.
const BLOCK: usize = 102;

/// How long a block is.
const BLOCK_SPAN: Duration = Duration::from_micros(12_750);

/// Mean square below which there is no digit: about -42 dBm0.
const QUIETEST: f32 = 20_000.0;

/// How much louder the row's tone may be than the column's: 8 dB, as Q.24 asks of receivers.
const ROW_OVER_COLUMN: f32 = 6.3;

/// And the column's than the row's: 4 dB and a little, for phones that raise high tones.
const COLUMN_OVER_ROW: f32 = 4.0;

/// How much louder a tone must be than any other of its group: 8 dB.
const ABOVE_OTHERS: f32 = 6.3;

/// Share of all energy that both tones must have: speech has a wide spectrum.
const SHARE: f32 = 0.6;

/// Blocks of the same digit before it counts, and without it before it is over.
const BLOCKS: u32 = 2;

/// The two frequencies of a digit, in Hz.
pub fn frequencies(digit: char) -> Option<[u32; 2]> {
    let digit = digit.to_ascii_uppercase();
    KEYS.iter().enumerate().find_map(|(row, keys)| {
        let column = keys.iter().position(|key| *key == digit)?;
        Some([ROWS[row] as u32, COLUMNS[column] as u32])
    })
}

/// Finds digits in sound at 8 kHz.
#[derive(Debug, Default)]
pub struct Finder {
    block: Vec<f32>,
    /// What the blocks before this one had, and how many of them.
    run: (Option<char>, u32),
    /// The digit that goes on, with the blocks since it began.
    now: Option<(char, u32)>,
}

impl Finder {
    /// Takes samples at 8 kHz and says what began and ended in them.
    pub fn take(&mut self, samples: &[i16], mut say: impl FnMut(Heard)) {
        for sample in samples {
            self.block.push(f32::from(*sample));
            if self.block.len() == BLOCK {
                let found = digit_of(&self.block);
                self.block.clear();
                self.step(found, &mut say);
            }
        }
    }

    fn step(&mut self, found: Option<char>, say: &mut impl FnMut(Heard)) {
        self.run = match self.run {
            (same, count) if same == found => (found, count + 1),
            _ => (found, 1),
        };
        if let Some((_, blocks)) = &mut self.now {
            *blocks += 1;
        }
        let (found, count) = self.run;
        if count < BLOCKS || found == self.now.map(|(digit, _)| digit) {
            return;
        }
        if let Some((digit, blocks)) = self.now.take() {
            // It ended when the run that ends it began.
            say(Heard::End(digit, BLOCK_SPAN * blocks.saturating_sub(count)));
        }
        if let Some(digit) = found {
            self.now = Some((digit, count));
            say(Heard::Begin(digit));
        }
    }
}

fn digit_of(block: &[f32]) -> Option<char> {
    let total: f32 = block.iter().map(|sample| sample * sample).sum();
    if total / (BLOCK as f32) < QUIETEST {
        return None;
    }
    let rows = ROWS.map(|frequency| energy(block, frequency));
    let columns = COLUMNS.map(|frequency| energy(block, frequency));
    let (row, column) = (loudest(&rows)?, loudest(&columns)?);
    let (low, high) = (rows[row], columns[column]);
    let clean =
        low < high * ROW_OVER_COLUMN && high < low * COLUMN_OVER_ROW && low + high > SHARE * total;
    clean.then(|| KEYS[row][column])
}

/// The place of the one that is far above all others.
fn loudest(energies: &[f32; 4]) -> Option<usize> {
    let (place, most) = energies
        .iter()
        .enumerate()
        .max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let alone = energies
        .iter()
        .enumerate()
        .all(|(other, energy)| other == place || energy * ABOVE_OTHERS < *most);
    alone.then_some(place)
}

/// Goertzel's algorithm: the energy of a sine of this frequency, in the units of the sum of squares.
fn energy(block: &[f32], frequency: f32) -> f32 {
    let coefficient = 2.0 * (2.0 * PI * frequency / 8_000.0).cos();
    let (mut one, mut two) = (0.0, 0.0);
    for sample in block {
        (one, two) = (sample + coefficient * one - two, one);
    }
    let power = one * one + two * two - coefficient * one * two;
    2.0 * power / block.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(pair: [u32; 2], millis: usize, loud: [f32; 2]) -> Vec<i16> {
        (0..8 * millis)
            .map(|n| {
                let at = |f: u32, a: f32| a * (2.0 * PI * f as f32 * n as f32 / 8_000.0).sin();
                (at(pair[0], loud[0]) + at(pair[1], loud[1])) as i16
            })
            .collect()
    }

    fn heard(samples: &[i16]) -> Vec<Heard> {
        let mut finder = Finder::default();
        let mut all = Vec::new();
        for frame in samples.chunks(160) {
            finder.take(frame, |heard| all.push(heard));
        }
        all
    }

    #[test]
    fn every_digit_is_found_once_with_its_length() {
        for digit in "0123456789*#ABCD".chars() {
            let mut sound = vec![0; 333];
            sound.extend(tone(frequencies(digit).unwrap(), 100, [4_000.0, 4_500.0]));
            sound.extend([0; 1_600]);
            let all = heard(&sound);
            let [Heard::Begin(begun), Heard::End(ended, span)] = all[..] else {
                panic!("{digit}: {all:?}");
            };
            assert_eq!((begun, ended), (digit, digit));
            assert!((75..=125).contains(&span.as_millis()), "{digit}: {span:?}");
        }
    }

    #[test]
    fn two_digits_with_a_gap_are_two() {
        let mut sound = Vec::new();
        for _ in 0..2 {
            sound.extend(tone([697, 1_209], 60, [3_000.0; 2]));
            sound.extend([0; 400]);
        }
        assert_eq!(heard(&sound).len(), 4);
    }

    #[test]
    fn what_is_no_digit_is_not_found() {
        assert_eq!(heard(&tone([697, 1_209], 200, [100.0; 2])), []);
        assert_eq!(heard(&tone([697, 1_209], 200, [9_000.0, 900.0])), []);
        assert_eq!(heard(&tone([1_004, 1_004], 200, [9_000.0; 2])), []);
        assert_eq!(heard(&tone([350, 440], 200, [9_000.0; 2])), []);
        let mut state = 1_u32;
        let noise: Vec<i16> = (0..80_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 18) as i16 - 8_192
            })
            .collect();
        assert_eq!(heard(&noise), []);
    }
}
