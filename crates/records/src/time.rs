//! Instants as the text of a CSV column.

use jiff::Timestamp;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;

/// Microseconds since the Unix epoch, as strftime's `format` writes them in a zone. None if the year
/// has more than four digits or the format is none.
pub(crate) fn format(micros: i64, zone: &TimeZone, format: &str) -> Option<String> {
    let time = Timestamp::from_microsecond(micros)
        .ok()?
        .to_zoned(zone.clone());
    BrokenDownTime::from(&time).to_string(format).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_none() {
        assert_eq!(
            format(0, &TimeZone::UTC, "%F %T").as_deref(),
            Some("1970-01-01 00:00:00")
        );
        assert_eq!(format(i64::MAX, &TimeZone::UTC, "%F"), None);
        assert_eq!(format(0, &TimeZone::UTC, "%"), None);
    }
}
