//! A sine that can change its frequency.

use std::f64::consts::TAU;

/// A sine; a frequency of 0 is silence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wave {
    /// Place in the period, from 0 to 1.
    phase: f64,
    /// How far a sample goes in the period.
    step: f64,
    /// The phase behind silence.
    begin: f64,
}

impl Wave {
    /// A sine that begins at this phase.
    pub(super) fn beginning_at(begin: f64) -> Wave {
        Wave {
            begin,
            ..Wave::default()
        }
    }

    /// Sets the frequency in Hz. The phase goes on, but begins anew after silence, so
    /// that a tone starts without a click.
    pub(super) fn tune(&mut self, frequency: f64, rate: u32) {
        let step = frequency / f64::from(rate.max(1));
        // From half the rate on a sine would come out as another one.
        let step = if step < 0.5 { step } else { 0.0 };
        if self.step == 0.0 {
            self.phase = self.begin;
        }
        self.step = step;
    }

    pub(super) fn is_silent(&self) -> bool {
        self.step == 0.0
    }

    /// The next value, from -1 to 1.
    pub(super) fn next(&mut self) -> f64 {
        if self.is_silent() {
            return 0.0;
        }
        let value = (TAU * self.phase).sin();
        self.phase = (self.phase + self.step).fract();
        value
    }
}
