//! The tones of digits (ITU-T Q.23).

use super::level;
use super::wave::Wave;
use crate::dtmf;

/// The tone of a digit, for as long as it is asked for.
#[derive(Debug, Clone)]
pub struct Digit {
    frequencies: [f64; 2],
    waves: [Wave; 2],
}

impl Digit {
    /// The tone of `0` to `9`, `*`, `#` or `A` to `D` in any case.
    pub fn new(digit: char) -> Option<Digit> {
        Some(Digit {
            frequencies: dtmf::frequencies(digit)?.map(f64::from),
            waves: [Wave::default(); 2],
        })
    }

    /// Fills `sound` with what comes next, at so many samples a second.
    pub fn fill(&mut self, rate: u32, sound: &mut [i16]) {
        let [low, high] = &mut self.waves;
        low.tune(self.frequencies[0], rate);
        high.tune(self.frequencies[1], rate);
        for sample in sound {
            *sample = (level::TONE * (low.next() + high.next())).round() as i16;
        }
    }
}
