//! Whether somebody talks: by how loud it is.

use std::time::Duration;

/// Mean of the samples' sizes from which a frame counts as talk, about -42 dBm0.
const LOUD: u64 = 256;

/// Frames of talk before it counts: a click is none.
const FRAMES: u32 = 2;

/// The length of what is looked at.
const FRAME: Duration = Duration::from_millis(20);

/// Looks at frames of 20 ms.
#[derive(Debug)]
pub struct Talk {
    silence: Duration,
    talking: bool,
    loud: u32,
    quiet: Duration,
}

impl Talk {
    /// Silence of this length ends talk.
    pub fn new(silence: Duration) -> Talk {
        Talk {
            silence,
            talking: false,
            loud: 0,
            quiet: Duration::ZERO,
        }
    }

    /// Another length of silence ends talk from now on.
    pub fn set_silence(&mut self, silence: Duration) {
        self.silence = silence;
    }

    /// Takes a frame, empty for one that did not come; whether talk began (`true`) or ended with it.
    pub fn take(&mut self, samples: &[i16]) -> Option<bool> {
        let sum: u64 = samples
            .iter()
            .map(|sample| u64::from(sample.unsigned_abs()))
            .sum();
        if sum > LOUD * samples.len() as u64 {
            self.loud += 1;
            self.quiet = Duration::ZERO;
            let begins = !self.talking && self.loud >= FRAMES;
            self.talking |= begins;
            return begins.then_some(true);
        }
        self.loud = 0;
        self.quiet += FRAME;
        let ends = self.talking && self.quiet >= self.silence;
        self.talking &= !ends;
        ends.then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_begins_at_once_and_ends_after_silence() {
        let mut talk = Talk::new(Duration::from_millis(100));
        let loud = [2_000_i16; 160];
        let mut said = Vec::new();
        for (n, frame) in [&loud[..]; 3]
            .into_iter()
            .chain([&[0; 160][..]; 4])
            .chain([&loud[..]])
            .chain([&[][..]; 5])
            .enumerate()
        {
            said.extend(talk.take(frame).map(|talks| (n, talks)));
        }
        assert_eq!(said, [(1, true), (12, false)]);
    }

    #[test]
    fn a_click_is_no_talk() {
        let mut talk = Talk::new(Duration::from_millis(100));
        assert_eq!(talk.take(&[9_000; 160]), None);
        assert_eq!(talk.take(&[1; 160]), None);
        assert_eq!(talk.take(&[-9_000; 160]), None);
    }
}
