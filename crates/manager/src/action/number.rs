//! Numbers as clients write them.

/// The whole number that a text begins with, as C's `%d` reads it: blanks and a sign may come first,
/// whatever follows is passed over. None if there is no digit; what is too large is the largest.
pub(super) fn leading(text: &str) -> Option<i32> {
    let text = text.trim_start();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let digits = digits.get(..end).filter(|digits| !digits.is_empty())?;
    // Only what is too large does not read.
    let value = digits.parse::<i32>().unwrap_or(i32::MAX);
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_c_reads_them() {
        assert_eq!(leading(" 5000ms"), Some(5000));
        assert_eq!(leading("-1"), Some(-1));
        assert_eq!(leading("+7"), Some(7));
        assert_eq!(leading("99999999999"), Some(i32::MAX));
        assert_eq!(leading("never"), None);
        assert_eq!(leading("- 1"), None);
        assert_eq!(leading(""), None);
    }
}
