//! Regular expressions as POSIX writes them, which is how dialplans do.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use regex::{Regex, RegexBuilder};

/// Most memory that one compiled expression may take, in bytes.
const MAX_COMPILED: usize = 1 << 20;
/// How deep groups may be nested.
const MAX_NESTING: u32 = 64;

/// Expressions that are kept compiled: a script uses the same few over and over.
const MAX_KEPT: usize = 32;

/// Compiles an extended regular expression. Unlike POSIX, of two alternatives that match the first is
/// taken and not the longest.
pub fn compile(pattern: &str) -> Result<Arc<Regex>, regex::Error> {
    thread_local! {
        static KEPT: RefCell<HashMap<Box<str>, Arc<Regex>>> = RefCell::default();
    }
    if let Some(regex) = KEPT.with_borrow(|kept| kept.get(pattern).cloned()) {
        return Ok(regex);
    }
    let regex = RegexBuilder::new(&translate(pattern))
        .size_limit(MAX_COMPILED)
        .dfa_size_limit(MAX_COMPILED)
        .nest_limit(MAX_NESTING)
        .dot_matches_new_line(true)
        .build()?;
    let regex = Arc::new(regex);
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(pattern.into(), regex.clone());
    });
    Ok(regex)
}

/// Inside brackets POSIX knows no backslash and no set operations: there they are characters like any other.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '[' => bracket(rest, &mut out),
            '\\' => {
                let escape = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..escape]);
                escape
            }
            _ => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// Copies a bracket expression and gives its length.
fn bracket(text: &str, out: &mut String) -> usize {
    let negation = if text.starts_with("[^") { "[^" } else { "[" };
    out.push_str(negation);
    let mut at = negation.len();
    // A bracket in the first place is a member, not the end.
    if text[at..].starts_with(']') {
        out.push_str("\\]");
        at += 1;
    }
    while let Some(c) = text[at..].chars().next() {
        let class = text[at..]
            .starts_with("[:")
            .then(|| text[at..].find(":]"))
            .flatten();
        if let Some(end) = class {
            out.push_str(&text[at..at + end + 2]);
            at += end + 2;
            continue;
        }
        at += c.len_utf8();
        match c {
            ']' => {
                out.push(']');
                break;
            }
            '\\' | '[' | '&' | '~' => out.extend(['\\', c]),
            // Two hyphens in a row would be a difference of sets.
            '-' if out.ends_with('-') => out.push_str("\\-"),
            _ => out.push(c),
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, text: &str) -> bool {
        compile(pattern)
            .unwrap_or_else(|e| panic!("{pattern}: {e}"))
            .is_match(text)
    }

    #[test]
    fn brackets_are_as_in_posix() {
        assert!(finds("^[]a]+$", "]a]"));
        assert!(finds("^[^]a]+$", "bc"));
        assert!(finds("^[\\.]+$", "\\."));
        assert!(finds("^[[:digit:][]+$", "12["));
        assert!(finds("^[a&&b]+$", "a&b"));
        assert!(!finds("^[0-9]{3}$", "12"));
        assert!(finds("^[+--]+$", "+,-"));
        assert!(finds("[^\"]ü", "xü"));
    }

    #[test]
    fn what_is_too_big_or_wrong_is_refused() {
        assert!(compile("a{1000}{1000}{1000}").is_err());
        assert!(compile(&("(".repeat(500) + &")".repeat(500))).is_err());
        assert!(compile("(").is_err());
        assert!(compile("[").is_err());
        assert!(compile("\\").is_err());
    }
}
