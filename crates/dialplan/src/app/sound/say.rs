//! What is said: the sound files that digits, numbers and letters are put together from, in English.

/// The files for what `kind:text` says, such as `digits:42`; `None` where the kind is not known or the
/// text cannot be said so.
pub(crate) fn files(text: &str) -> Option<Vec<String>> {
    let (kind, text) = text.split_once(':')?;
    match kind {
        "digits" => Some(digits(text)),
        "number" => number(text.trim().parse().ok()?),
        "letters" | "alpha" => Some(letters(text)),
        "phonetic" => Some(phonetic(text)),
        _ => None,
    }
}

/// Digit by digit. What is no digit is left out.
pub(crate) fn digits(text: &str) -> Vec<String> {
    text.chars().filter_map(digit).collect()
}

/// Letter by letter.
pub(crate) fn letters(text: &str) -> Vec<String> {
    spelled(text, |letter| format!("letters/{letter}"))
}

/// Letter by letter, as in alpha, bravo.
pub(crate) fn phonetic(text: &str) -> Vec<String> {
    spelled(text, |letter| format!("phonetic/{letter}_p"))
}

/// A whole number up to a thousand millions, either way; `None` beyond.
pub(crate) fn number(number: i64) -> Option<Vec<String>> {
    let mut files = Vec::new();
    if number < 0 {
        files.push(file("minus"));
    }
    let rest = number.unsigned_abs();
    if rest >= 1_000_000_000 {
        return None;
    }
    if rest == 0 {
        files.push(file("0"));
    }
    for (size, word) in [
        (1_000_000, Some("million")),
        (1_000, Some("thousand")),
        (1, None),
    ] {
        let group = rest / size % 1_000;
        below_a_thousand(group, &mut files);
        files.extend(word.filter(|_| group > 0).map(file));
    }
    Some(files)
}

fn below_a_thousand(number: u64, files: &mut Vec<String>) {
    if number >= 100 {
        files.push(file(number / 100));
        files.push(file("hundred"));
    }
    let rest = number % 100;
    match rest {
        0 => {}
        1..=20 => files.push(file(rest)),
        _ => {
            files.push(file(rest / 10 * 10));
            if !rest.is_multiple_of(10) {
                files.push(file(rest % 10));
            }
        }
    }
}

fn file(name: impl std::fmt::Display) -> String {
    format!("digits/{name}")
}

fn digit(c: char) -> Option<String> {
    match c {
        '0'..='9' => Some(file(c)),
        '*' => Some(file("star")),
        '#' => Some(file("pound")),
        '-' => Some(file("minus")),
        _ => None,
    }
}

fn spelled(text: &str, letter: impl Fn(char) -> String) -> Vec<String> {
    let sign = |c| {
        Some(match c {
            '!' => "letters/exclaimation-point",
            '@' => "letters/at",
            '$' => "letters/dollar",
            '-' => "letters/dash",
            '.' => "letters/dot",
            '=' => "letters/equals",
            '+' => "letters/plus",
            '/' => "letters/slash",
            ' ' => "letters/space",
            _ => return None,
        })
    };
    let said = |c: char| match c {
        'a'..='z' | 'A'..='Z' => Some(letter(c.to_ascii_lowercase())),
        c => sign(c).map(str::to_owned).or_else(|| digit(c)),
    };
    text.chars().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(number: i64) -> String {
        self::number(number).map_or_else(
            || "-".to_owned(),
            |files| files.join(" ").replace("digits/", ""),
        )
    }

    #[test]
    fn numbers_are_said_in_groups() {
        assert_eq!(said(0), "0");
        assert_eq!(said(19), "19");
        assert_eq!(said(20), "20");
        assert_eq!(said(42), "40 2");
        assert_eq!(said(100), "1 hundred");
        assert_eq!(said(-7), "minus 7");
        assert_eq!(said(1_001), "1 thousand 1");
        assert_eq!(said(321_654), "3 hundred 20 1 thousand 6 hundred 50 4");
        assert_eq!(said(5_000_010), "5 million 10");
        assert_eq!(said(1_000_000_000), "-");
        assert_eq!(said(i64::MIN), "-");
    }

    #[test]
    fn text_is_spelled() {
        assert_eq!(
            letters("aB 1@"),
            [
                "letters/a",
                "letters/b",
                "letters/space",
                "digits/1",
                "letters/at"
            ]
        );
        assert_eq!(phonetic("x#"), ["phonetic/x_p", "digits/pound"]);
        assert_eq!(digits("1a*"), ["digits/1", "digits/star"]);
        assert_eq!(files("digits:12").unwrap().len(), 2);
        assert_eq!(files("colour:red"), None);
    }
}
