//! How the applications that decide read `condition?yes:no`.

/// A condition and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Branches<'t> {
    /// What stands before the question mark.
    pub(crate) condition: &'t str,
    /// What is done where it holds; empty for nothing.
    pub(crate) yes: &'t str,
    /// What is done where it does not; empty for nothing.
    pub(crate) no: &'t str,
}

impl<'t> Branches<'t> {
    /// Reads them; `None` without a question mark.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let (condition, rest) = split(text, '?')?;
        let (yes, no) = split(rest, ':').unwrap_or((rest, ""));
        Some(Branches {
            condition: condition.trim(),
            yes: yes.trim(),
            no: no.trim(),
        })
    }

    /// What is done, as it turned out.
    pub(crate) fn choose(self, holds: bool) -> &'t str {
        if holds { self.yes } else { self.no }
    }
}

/// Whether a condition holds: nothing does not, a number does unless it is 0, other text does.
pub(crate) fn holds(condition: &str) -> bool {
    let text = condition.trim_start();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    match unsigned.get(..digits) {
        None | Some("") => !condition.is_empty(),
        Some(number) => number.bytes().any(|digit| digit != b'0'),
    }
}

/// Splits at the first such mark outside parentheses, brackets and quotes.
fn split(text: &str, mark: char) -> Option<(&str, &str)> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth = depth.saturating_sub(1),
            c if c == mark && depth == 0 && !quoted => {
                return Some((&text[..at], &text[at + mark.len_utf8()..]));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_come_apart_outside_of_parentheses() {
        let of = |text| Branches::parse(text).map(|b| (b.condition, b.yes, b.no));
        assert_eq!(of("1?a:b"), Some(("1", "a", "b")));
        assert_eq!(of("x ? a,b,1 "), Some(("x", "a,b,1", "")));
        assert_eq!(of("1?:b"), Some(("1", "", "b")));
        assert_eq!(
            of("1?Set(a=b:c):NoOp(d:e)"),
            Some(("1", "Set(a=b:c)", "NoOp(d:e)"))
        );
        assert_eq!(of("\"a?b\"?c"), Some(("\"a?b\"", "c", "")));
        assert_eq!(
            of("8:00-9:00,*,*,*?open"),
            Some(("8:00-9:00,*,*,*", "open", ""))
        );
        assert_eq!(of("1"), None);
    }

    #[test]
    fn numbers_and_words_hold() {
        for text in ["1", "-1", " 7", "word", "x0", "1foo", "-"] {
            assert!(holds(text), "{text}");
        }
        for text in ["", "0", "00", "-0", "0 ", "0.5"] {
            assert!(!holds(text), "{text}");
        }
    }
}
