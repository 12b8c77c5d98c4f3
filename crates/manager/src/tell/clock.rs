//! Instants in local time.

use jiff::Timestamp;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use switch::Time;

/// The format of `EventTime`, `StartTime` and the like.
const FORMAT: &str = "%Y-%m-%d %H:%M:%S";

/// Writes instants as `2026-11-23 07:15:10` and remembers the second it wrote last, because events
/// come by the thousand in each.
#[derive(Debug)]
pub(crate) struct Clock {
    zone: TimeZone,
    second: Option<u64>,
    text: String,
}

impl Clock {
    pub(crate) fn new(zone: TimeZone) -> Clock {
        Clock {
            zone,
            second: None,
            text: String::new(),
        }
    }

    /// The instant in local time; empty for one past the year 9999.
    pub(crate) fn text(&mut self, at: Time) -> &str {
        if self.second != Some(at.seconds()) {
            self.second = Some(at.seconds());
            self.text = self.format(at, FORMAT);
        }
        &self.text
    }

    /// The instant in another format of strftime; empty where that is none.
    pub(crate) fn format(&self, at: Time, format: &str) -> String {
        i64::try_from(at.0)
            .ok()
            .and_then(|micros| Timestamp::from_microsecond(micros).ok())
            .and_then(|time| {
                BrokenDownTime::from(&time.to_zoned(self.zone.clone()))
                    .to_string(format)
                    .ok()
            })
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_time_to_the_second() {
        let mut clock = Clock::new(TimeZone::fixed(jiff::tz::offset(1)));
        assert_eq!(
            clock.text(Time(1_795_418_110_999_999)),
            "2026-11-23 08:15:10"
        );
        assert_eq!(
            clock.text(Time(1_795_418_111_000_000)),
            "2026-11-23 08:15:11"
        );
        assert_eq!(clock.text(Time(u64::MAX)), "");
        assert_eq!(clock.format(Time(0), "%"), "");
    }
}
