//! Times as they are said in English.

use jiff::Zoned;

use super::say;

/// How a time is said where nobody says how.
pub(crate) const USUAL: &str = "ABdY 'digits/at' IMp";

/// The sound files that say a time: each letter of the format is a part of it, and what stands in single
/// quotes is a file.
///
/// `A` weekday, `B` month, `m` number of the month, `d` day, `Y` year, `I` hour of twelve, `H` and `k` hour
/// of twenty-four, `M` and `N` minute, `S` second, `p` forenoon or afternoon, `R` for `HM`, `T` for `HMS`,
/// `Q` the day as seen from `now`. Other letters are left out.
pub(crate) fn files(time: &Zoned, now: &Zoned, format: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut rest = format.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '\'' => files.push(rest.by_ref().take_while(|c| *c != '\'').collect()),
            letter => part(time, now, letter, &mut files),
        }
    }
    files
}

fn part(time: &Zoned, now: &Zoned, letter: char, files: &mut Vec<String>) {
    let hour = i64::from(time.hour());
    let minute = i64::from(time.minute());
    let mut parts = |letters: &str| {
        letters
            .chars()
            .for_each(|letter| part(time, now, letter, files))
    };
    match letter {
        'A' | 'a' => push(
            files,
            format!("day-{}", time.weekday().to_sunday_zero_offset()),
        ),
        'B' | 'b' | 'h' => push(files, format!("mon-{}", time.month() - 1)),
        'm' => ordinal(time.month(), files),
        'd' | 'e' => ordinal(time.day(), files),
        'Y' => number(time.year().into(), files),
        'I' | 'l' => number(if hour % 12 == 0 { 12 } else { hour % 12 }, files),
        'H' if hour == 0 => push(files, "oh"),
        'H' if hour < 10 => after_oh(hour, files),
        'k' if hour == 0 => push(files, "oh"),
        'H' | 'k' => number(hour, files),
        'M' if minute == 0 => push(files, "oclock"),
        'N' if minute == 0 => push(files, "hundred"),
        'M' | 'N' if minute < 10 => after_oh(minute, files),
        'M' | 'N' => number(minute, files),
        'S' if time.second() < 10 => after_oh(time.second().into(), files),
        'S' => number(time.second().into(), files),
        'P' | 'p' => push(files, if hour < 12 { "a-m" } else { "p-m" }),
        'R' => parts("HM"),
        'T' => parts("HMS"),
        'Q' | 'q' => match (now.date() - time.date()).get_days() {
            0 if letter == 'q' => {}
            0 => push(files, "today"),
            1 => push(files, "yesterday"),
            2..=6 if letter == 'q' => parts("A"),
            _ => parts("ABdY"),
        },
        _ => {}
    }
}

/// First, second, up to the thirty-first.
fn ordinal(number: i8, files: &mut Vec<String>) {
    if number > 20 && number % 10 != 0 {
        push(files, number / 10 * 10);
        push(files, format!("h-{}", number % 10));
    } else {
        push(files, format!("h-{number}"));
    }
}

/// Oh seven, and the like.
fn after_oh(number: i64, files: &mut Vec<String>) {
    push(files, "oh");
    push(files, number);
}

fn number(number: i64, files: &mut Vec<String>) {
    files.extend(say::number(number).unwrap_or_default());
}

fn push(files: &mut Vec<String>, name: impl std::fmt::Display) {
    files.push(format!("digits/{name}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(time: &str, format: &str) -> String {
        let at = |text: &str| format!("{text}[UTC]").parse::<Zoned>().unwrap();
        let files = files(&at(time), &at("2027-01-15T08:00:00"), format);
        files.join(" ").replace("digits/", "")
    }

    #[test]
    fn times_are_said_by_their_format() {
        for (time, format, said_as) in [
            (
                "2027-01-15T08:05:00",
                USUAL,
                "day-5 mon-0 h-15 2 thousand 20 7 at 8 oh 5 a-m",
            ),
            ("2027-12-31T00:00:09", "dIMpS", "30 h-1 12 oclock a-m oh 9"),
            ("2027-12-30T12:30:59", "eHNpS", "h-30 12 30 p-m 50 9"),
            ("2027-01-15T07:00:00", "RN", "oh 7 oclock hundred"),
            ("2027-01-15T00:10:00", "kmT", "oh h-1 oh 10 oh 0"),
            ("2027-01-15T00:10:00", "Q'vm-and'q", "today vm-and"),
            ("2027-01-14T00:10:00", "Q", "yesterday"),
            ("2027-01-11T00:10:00", "q", "day-1"),
            (
                "2026-01-11T00:10:00",
                "q",
                "day-0 mon-0 h-11 2 thousand 20 6",
            ),
            ("2027-01-15T00:10:00", "x_ 'open", "open"),
        ] {
            assert_eq!(said(time, format), said_as, "{time} {format}");
        }
    }
}
