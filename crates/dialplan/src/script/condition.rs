//! What counts as yes.

/// Whether a condition holds, as `GotoIf`, `ExecIf` and `IF` take it: nothing is no; what begins with a
/// digit is yes when the number there is not nought; any other text is yes.
pub fn condition(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return !text.is_empty();
    }
    text.bytes()
        .take_while(u8::is_ascii_digit)
        .any(|digit| digit != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_nought_are_no() {
        for no in ["", "0", "00", "0.5", "0x"] {
            assert!(!condition(no), "{no:?}");
        }
        for yes in ["1", "10", "-1", "no", " ", "-0"] {
            assert!(condition(yes), "{yes:?}");
        }
    }
}
