//! Times of the week and the year: `time|weekday|day|month[|zone]`, as `include` and `GotoIfTime` write them.

use std::fmt;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};

/// A moment, and the zone of whoever asks.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Microseconds since 1970 UTC.
    pub microseconds: u64,
    /// The zone that times without one of their own are in.
    pub zone: TimeZone,
}

impl Moment {
    /// A moment in UTC.
    pub fn utc(microseconds: u64) -> Self {
        Moment {
            microseconds,
            zone: TimeZone::UTC,
        }
    }

    /// The clock and the calendar in a zone.
    pub fn local(&self, zone: &TimeZone) -> Zoned {
        let microseconds = i64::try_from(self.microseconds).unwrap_or(i64::MAX);
        Timestamp::from_microsecond(microseconds)
            .unwrap_or(Timestamp::MAX)
            .to_zoned(zone.clone())
    }
}

/// Finds a time zone by name, such as `America/Chicago`, without reading a file.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// A set of times.
#[derive(Debug, Clone)]
pub struct TimeSpec {
    text: Box<str>,
    /// First and last minute of the day, both included; the first is later where it goes over midnight.
    minutes: Vec<(u16, u16)>,
    /// Bit 0 is Sunday.
    weekdays: u32,
    /// Bit 0 is the first.
    days: u32,
    /// Bit 0 is January.
    months: u32,
    zone: Option<TimeZone>,
}

/// Which part of a [`TimeSpec`] makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeSpecError {
    part: &'static str,
    text: String,
}

impl fmt::Display for TimeSpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a {}", self.text, self.part)
    }
}

impl std::error::Error for TimeSpecError {}

const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

impl TimeSpec {
    /// Reads one. Parts are divided by `|` or by commas; a part that is missing, empty or `*` is every
    /// time; several ranges are joined by `&`.
    pub fn parse(text: &str) -> Result<Self, TimeSpecError> {
        let mut parts = text
            .splitn(5, if text.contains('|') { '|' } else { ',' })
            .map(str::trim);
        let mut part = || parts.next().unwrap_or("");
        Ok(TimeSpec {
            minutes: minutes(part())?,
            weekdays: set(part(), 7, &WEEKDAYS, "day of the week")?,
            days: set(part(), 31, &[], "day of the month")?,
            months: set(part(), 12, &MONTHS, "month")?,
            zone: match part() {
                "" | "*" => None,
                name => Some(zone(name).ok_or_else(|| error("time zone", name))?),
            },
            text: text.into(),
        })
    }

    /// Whether the moment is one of these times.
    pub fn matches(&self, moment: &Moment) -> bool {
        let local = moment.local(self.zone.as_ref().unwrap_or(&moment.zone));
        let minute =
            u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or(0);
        let bit = |at: i8| u32::try_from(at).map_or(0, |at| 1 << at);
        let within = |&(first, last): &(u16, u16)| {
            if first <= last {
                (first..=last).contains(&minute)
            } else {
                minute >= first || minute <= last
            }
        };
        self.weekdays & bit(local.weekday().to_sunday_zero_offset()) != 0
            && self.days & bit(local.day() - 1) != 0
            && self.months & bit(local.month() - 1) != 0
            && self.minutes.iter().any(within)
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

fn error(part: &'static str, text: &str) -> TimeSpecError {
    TimeSpecError {
        part,
        text: text.to_owned(),
    }
}

fn is_every(text: &str) -> bool {
    matches!(text, "" | "*")
}

fn minutes(text: &str) -> Result<Vec<(u16, u16)>, TimeSpecError> {
    if is_every(text) {
        return Ok(vec![(0, 24 * 60 - 1)]);
    }
    text.split('&')
        .map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            minute(first)
                .zip(minute(last))
                .ok_or_else(|| error("range of times", range))
        })
        .collect()
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    (hour < 24 && minute < 60).then(|| hour * 60 + minute)
}

/// Reads ranges of names or of numbers from one; a range may go over the end.
fn set(text: &str, size: u32, names: &[&str], what: &'static str) -> Result<u32, TimeSpecError> {
    if is_every(text) {
        return Ok(u32::MAX);
    }
    let member = |text: &str| {
        let text = text.trim();
        let named = names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text));
        named.and_then(|at| u32::try_from(at).ok()).or_else(|| {
            text.parse::<u32>()
                .ok()
                .filter(|number| (1..=size).contains(number))
                .map(|number| number - 1)
        })
    };
    let mut bits = 0;
    for range in text.split('&') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last) = member(first)
            .zip(member(last))
            .ok_or_else(|| error(what, range))?;
        let length = (last + size - first) % size;
        bits |= (0..=length).fold(0, |bits, step| bits | 1 << ((first + step) % size));
    }
    Ok(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 2 November 2026, 16:30 UTC; 10:30 in Chicago.
    const MONDAY: u64 = 1_793_637_000_000_000;

    fn matches(text: &str) -> bool {
        TimeSpec::parse(text)
            .unwrap_or_else(|e| panic!("{text}: {e}"))
            .matches(&Moment::utc(MONDAY))
    }

    #[test]
    fn parts_narrow_down() {
        for text in [
            "",
            "*|*|*|*",
            "*,*,*,*",
            "16:30-16:30",
            "09:00-17:00|mon-fri|*|*",
            "9:00-12:00&13:00-17:00,mon-fri,*,*",
            "*|sat-mon|*|*",
            "*|MON|2|nov",
            "*|2|1-5&20-25|10-12",
            "22:00-16:30|*|*|nov-jan",
            "10:00-11:00,*,*,*,America/Chicago",
            "16:30",
        ] {
            assert!(matches(text), "{text}");
        }
        for text in [
            "16:31-17:00",
            "09:00-16:29",
            "00:00-00:00",
            "22:00-06:00|*|*|*",
            "*|tue-sun|*|*",
            "*|*|3-1|*",
            "*|*|*|dec-oct",
            "16:00-17:00,*,*,*,America/Chicago",
        ] {
            assert!(!matches(text), "{text}");
        }
    }

    #[test]
    fn nonsense_is_named() {
        for (text, error) in [
            ("25:00-26:00", "\"25:00-26:00\" is not a range of times"),
            ("9-17", "\"9-17\" is not a range of times"),
            ("*|xx", "\"xx\" is not a day of the week"),
            ("*|8", "\"8\" is not a day of the week"),
            ("*|*|0", "\"0\" is not a day of the month"),
            ("*|*|*|june", "\"june\" is not a month"),
            (
                "*,*,*,*,Nowhere/Land",
                "\"Nowhere/Land\" is not a time zone",
            ),
        ] {
            assert_eq!(TimeSpec::parse(text).unwrap_err().to_string(), error);
        }
    }

    #[test]
    fn the_asker_s_zone_counts_where_none_is_written() {
        let chicago = Moment {
            microseconds: MONDAY,
            zone: zone("America/Chicago").unwrap(),
        };
        assert!(TimeSpec::parse("10:30-10:30").unwrap().matches(&chicago));
        assert!(
            TimeSpec::parse("16:30-16:30,*,*,*,UTC")
                .unwrap()
                .matches(&chicago)
        );
        assert!(zone("Europe/Nowhere").is_none());
    }
}
