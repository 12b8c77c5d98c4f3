//! `Date`.

use switch::Time;

/// A date as SIP writes it (RFC 3261, 20.17).
pub(super) fn written(now: Time) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (days, second) = (now.seconds() / 86_400, now.seconds() % 86_400);
    // Days to civil date, counted from 1 March of year 0 (Howard Hinnant's algorithm).
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + u64::from(month <= 2);
    let name = |list: &[&'static str], at: u64| {
        let at = usize::try_from(at).unwrap_or(0);
        list.get(at).copied().unwrap_or("")
    };
    format!(
        "{}, {day:02} {} {year} {:02}:{:02}:{:02} GMT",
        name(&DAYS, days % 7),
        name(&MONTHS, month - 1),
        second / 3600,
        second / 60 % 60,
        second % 60,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(written(Time(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
        let at = Time(1_795_418_195_000_000);
        assert_eq!(written(at), "Mon, 23 Nov 2026 07:16:35 GMT");
        assert_eq!(
            written(Time(1_709_164_800_000_000)),
            "Thu, 29 Feb 2024 00:00:00 GMT"
        );
    }
}
