//! Instants as the switch counts them.

use std::ops::{Add, Sub};
use std::time::Duration;

/// Microseconds since the Unix epoch.
///
/// The switch has no clock of its own: whoever hands it an input says what time it is. The drivers
/// derive it from a monotonic clock, so it never runs backwards; tests count it by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub u64);

impl Time {
    /// Whole seconds since the epoch.
    pub fn seconds(self) -> u64 {
        self.0 / 1_000_000
    }

    /// The microseconds past the whole second.
    pub fn subsecond_micros(self) -> u32 {
        (self.0 % 1_000_000) as u32
    }

    /// How long ago `earlier` was; zero if it is still to come.
    pub fn since(self, earlier: Time) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Time {
    type Output = Time;

    fn add(self, by: Duration) -> Time {
        Time(
            self.0
                .saturating_add(u64::try_from(by.as_micros()).unwrap_or(u64::MAX)),
        )
    }
}

impl Sub for Time {
    type Output = Duration;

    fn sub(self, earlier: Time) -> Duration {
        self.since(earlier)
    }
}
