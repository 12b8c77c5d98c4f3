//! The clock: the time of day at the start, and how long it has run since.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use switch::Time;

/// Tells the time so that it never runs backwards, whatever is done to the system's clock.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
    at_start: Time,
}

impl Clock {
    /// A clock that agrees with the system's now.
    pub fn new() -> Clock {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Clock {
            start: Instant::now(),
            at_start: Time::default() + since_epoch,
        }
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.at_start + self.start.elapsed()
    }

    /// How long it is until a moment; zero if it has passed.
    pub fn until(&self, at: Time) -> Duration {
        at.since(self.now())
    }
}

impl Default for Clock {
    fn default() -> Clock {
        Clock::new()
    }
}
