//! Samples: sums that do not wrap, and one rate made of another.

use audio_codec::resampler::BoxedResampler;

/// Frames a second: everything that is decoded moves at 20 ms.
pub const FRAMES: u32 = 50;

/// Samples of a frame of 20 ms at a rate.
pub fn frame_len(rate: u32) -> usize {
    (rate / FRAMES) as usize
}

/// A sum of sounds.
#[derive(Debug, Default)]
pub struct Sum {
    sum: Vec<i32>,
}

impl Sum {
    /// Silence of so many samples.
    pub fn clear(&mut self, samples: usize) {
        self.sum.clear();
        self.sum.resize(samples, 0);
    }

    /// Adds a sound; what is longer than the sum is left off.
    pub fn add(&mut self, samples: &[i16]) {
        for (sum, sample) in self.sum.iter_mut().zip(samples) {
            *sum += i32::from(*sample);
        }
    }

    /// Writes the sum into `out`, cut off where it is too loud.
    pub fn finish(&self, out: &mut Vec<i16>) {
        out.clear();
        out.extend(
            self.sum
                .iter()
                .map(|sum| (*sum).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16),
        );
    }
}

/// Makes samples of one rate out of those of another. Remembers the end of what came before, so that frames
/// join without a click.
pub struct Resampler {
    from: u32,
    to: u32,
    inner: Option<BoxedResampler>,
}

impl Resampler {
    /// From so many samples a second to so many. Equal rates cost nothing.
    pub fn new(from: u32, to: u32) -> Resampler {
        let inner = (from != to)
            .then(|| BoxedResampler::new(from as usize, to as usize).ok())
            .flatten();
        Resampler { from, to, inner }
    }

    /// The two rates.
    pub fn rates(&self) -> (u32, u32) {
        (self.from, self.to)
    }

    /// Puts the samples behind those in `out`.
    pub fn run(&mut self, samples: &[i16], out: &mut Vec<i16>) {
        let Some(inner) = &mut self.inner else {
            out.extend_from_slice(samples);
            return;
        };
        let had = out.len();
        out.resize(had + inner.max_output_samples(samples.len()), 0);
        let made = inner.resample_into(samples, &mut out[had..]).unwrap_or(0);
        out.truncate(had + made);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_cut_off() {
        let mut sum = Sum::default();
        sum.clear(3);
        sum.add(&[30_000, -30_000, 1]);
        sum.add(&[30_000, -30_000, 1, 9]);
        let mut out = vec![7];
        sum.finish(&mut out);
        assert_eq!(out, [i16::MAX, i16::MIN, 2]);
    }

    #[test]
    fn a_frame_stays_a_frame() {
        for from in [8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000] {
            for to in [8_000, 16_000, 48_000] {
                let mut resampler = Resampler::new(from, to);
                for _ in 0..10 {
                    let mut out = Vec::new();
                    resampler.run(&vec![1; frame_len(from)], &mut out);
                    assert_eq!(out.len(), frame_len(to), "{from} {to}");
                }
            }
        }
    }
}
