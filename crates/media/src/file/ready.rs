//! Samples that were made and not taken yet.

/// A piece of sound that is taken bit by bit.
#[derive(Default)]
pub(crate) struct Ready {
    samples: Vec<i16>,
    taken: usize,
}

impl Ready {
    /// Moves what there is into `sound`, as far as there is room; how many samples.
    pub(crate) fn take(&mut self, sound: &mut [i16]) -> usize {
        let left = self.samples.get(self.taken..).unwrap_or_default();
        let count = left.len().min(sound.len());
        sound[..count].copy_from_slice(&left[..count]);
        self.taken += count;
        count
    }

    /// Forgets what is left and gives the place for the next piece.
    pub(crate) fn renew(&mut self) -> &mut Vec<i16> {
        self.samples.clear();
        self.taken = 0;
        &mut self.samples
    }
}
