//! A caller id as clients write it.

use switch::Party;

/// Reads `"Name" <number>`, `Name <number>`, `<number>`, a number, or a name.
pub(super) fn parse(text: &str) -> Party {
    let text = text.trim();
    let (name, number) = match text.rsplit_once('<') {
        Some((name, rest)) => (name, rest.split('>').next().unwrap_or_default()),
        None if is_number(text) => ("", text),
        None => (text, ""),
    };
    Party {
        number: plain(number).into(),
        name: unquote(name.trim()).into(),
        ..Party::default()
    }
}

fn unquote(name: &str) -> String {
    match name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(inside) => inside.replace("\\\"", "\""),
        None => name.to_owned(),
    }
}

fn is_number(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | '+');
    let plain = plain(text);
    !plain.is_empty() && plain.chars().all(digit)
}

/// Without what people put between the digits.
fn plain(number: &str) -> String {
    number
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '(' | ')' | '-' | '.'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_the_forms() {
        let read = |text| {
            let party = parse(text);
            (party.name.to_string(), party.number.to_string())
        };
        let pair = |name: &str, number: &str| (name.to_owned(), number.to_owned());
        assert_eq!(
            read(r#""Click To Call" <5551000>"#),
            pair("Click To Call", "5551000")
        );
        assert_eq!(read("Ann <555-10 (0)>"), pair("Ann", "555100"));
        assert_eq!(read("<5551000>"), pair("", "5551000"));
        assert_eq!(read("+49 30 1234"), pair("", "+49301234"));
        assert_eq!(read("Ann"), pair("Ann", ""));
        assert_eq!(read(r#""say \"hi\"" <1>"#), pair("say \"hi\"", "1"));
        assert_eq!(read("Ann <"), pair("Ann", ""));
        assert_eq!(read(""), pair("", ""));
    }
}
