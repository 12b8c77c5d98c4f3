//! Taking a line apart into words.

/// The words of a line. A quoted part may hold blanks, and a backslash takes the meaning from the
/// character behind it; a quote that is not closed ends with the line.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' => word.get_or_insert_default().extend(characters.next()),
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Where the last word begins, in bytes; the line's length where it ends in a blank.
pub(crate) fn last_word(line: &str) -> usize {
    let mut start = None;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() && !quoted && !escaped {
            start = None;
            continue;
        }
        start = start.or(Some(at));
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    start.unwrap_or(line.len())
}

/// A word as it must be typed to be read back as one.
pub(crate) fn quote(word: &str) -> String {
    if !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\\')) {
        return word.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in word.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes() {
        assert_eq!(
            words("  core  show\tchannels "),
            ["core", "show", "channels"]
        );
        assert_eq!(
            words(r#"database put a "b c" d\ e"#),
            ["database", "put", "a", "b c", "d e"]
        );
        assert_eq!(
            words(r#"say "" \"x\" "open end"#),
            ["say", "", "\"x\"", "open end"]
        );
        assert_eq!(words(r"end\"), ["end"]);
        assert!(words(" \t ").is_empty());
    }

    #[test]
    fn the_last_word_begins_behind_the_last_blank_outside_quotes() {
        assert_eq!(last_word(""), 0);
        assert_eq!(last_word("core show ch"), 10);
        assert_eq!(last_word("core show "), 10);
        assert_eq!(last_word(r#"get "two words"#), 4);
        assert_eq!(last_word(r"get two\ words"), 4);
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for word in ["plain", "", "two words", r#"a "quote""#, r"back\slash"] {
            assert_eq!(words(&quote(word)), [word]);
        }
    }
}
