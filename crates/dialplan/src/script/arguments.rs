//! Splitting of what stands between the parentheses of an application or a function.

use std::borrow::Cow;

/// Most arguments that one call is split into; what is left over stays in the last.
pub const MAX_ARGUMENTS: usize = 256;

/// Splits at commas that stand outside parentheses, brackets and quotes, into `most` pieces at the
/// utmost. Quotes are taken off, and a backslash makes the next character an ordinary one; the last
/// piece, when there are `most`, is what is left, as it was written.
pub fn split(text: &str, most: usize) -> Vec<Cow<'_, str>> {
    Splitter {
        keep: false,
        delimiter: ',',
    }
    .split(text, most)
}

/// Splits as [`split`] does, but leaves quotes and backslashes where they are: for functions that give
/// backslashes a meaning of their own.
pub fn split_raw(text: &str, most: usize) -> Vec<Cow<'_, str>> {
    Splitter {
        keep: true,
        delimiter: ',',
    }
    .split(text, most)
}

/// Splits as [`split`] does, at another character than a comma.
pub fn split_at(text: &str, delimiter: char, most: usize) -> Vec<Cow<'_, str>> {
    Splitter {
        keep: false,
        delimiter,
    }
    .split(text, most)
}

/// The argument with this number, counted from nought; empty where it was not given.
pub fn nth<'a>(arguments: &'a [Cow<'_, str>], at: usize) -> &'a str {
    arguments.get(at).map_or("", |argument| argument.as_ref())
}

/// Takes `NAME(arguments)` apart. The last closing parenthesis ends the arguments; a missing one is
/// forgiven. `None` where there is no opening one.
pub fn call(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('(')?;
    Some((name, rest.rfind(')').map_or(rest, |end| &rest[..end])))
}

/// Reads one character that may be written with a backslash (`\n`, `\x2c`, `\054`, `\,`): the character
/// and what follows it. A code above 127 stands for that raw byte.
pub fn escaped(text: &str) -> Option<(char, &str)> {
    let mut rest = text.chars();
    let first = rest.next()?;
    if first != '\\' {
        return Some((first, rest.as_str()));
    }
    let Some(kind) = rest.next() else {
        return Some(('\\', ""));
    };
    let plain = match kind {
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        'x' => return Some(coded(rest.as_str(), 16, 2).unwrap_or(('x', rest.as_str()))),
        '0' => return Some(coded(rest.as_str(), 8, 3).unwrap_or(('\0', rest.as_str()))),
        other => other,
    };
    Some((plain, rest.as_str()))
}

/// Reads all of a text as [`escaped`] reads one character.
pub fn unescape(mut text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    while let Some((c, rest)) = escaped(text) {
        out.push(c);
        text = rest;
    }
    out
}

fn coded(text: &str, radix: u32, most: usize) -> Option<(char, &str)> {
    let digits = text
        .bytes()
        .take(most)
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    let (code, rest) = text.split_at_checked(digits)?;
    let byte = u32::from_str_radix(code, radix)
        .ok()
        .and_then(|code| u8::try_from(code).ok())?;
    text::decode(&[byte]).chars().next().map(|c| (c, rest))
}

struct Splitter {
    keep: bool,
    delimiter: char,
}

impl Splitter {
    fn split<'t>(&self, text: &'t str, most: usize) -> Vec<Cow<'t, str>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if pieces.len() + 1 >= most.clamp(1, MAX_ARGUMENTS) {
                pieces.push(Cow::Borrowed(rest));
                break;
            }
            let (piece, after) = self.piece(rest);
            pieces.push(piece);
            match after {
                Some("") => {
                    pieces.push(Cow::Borrowed(""));
                    break;
                }
                Some(after) => rest = after,
                None => break,
            }
        }
        pieces
    }

    /// The first piece, and what follows its delimiter if there is one.
    fn piece<'t>(&self, text: &'t str) -> (Cow<'t, str>, Option<&'t str>) {
        let (mut parentheses, mut brackets, mut quoted) = (0_usize, 0_usize, false);
        let mut piece = Piece {
            text,
            from: 0,
            out: String::new(),
        };
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '(' => parentheses += 1,
                ')' => parentheses = parentheses.saturating_sub(1),
                '[' => brackets += 1,
                ']' => brackets = brackets.saturating_sub(1),
                '"' if self.delimiter != '"' => {
                    quoted = !quoted;
                    if !self.keep {
                        piece.skip(at);
                    }
                }
                '\\' => {
                    if !self.keep {
                        piece.skip(at);
                    }
                    chars.next();
                }
                c if c == self.delimiter && parentheses == 0 && brackets == 0 && !quoted => {
                    return (piece.end(at), Some(&text[at + c.len_utf8()..]));
                }
                _ => {}
            }
        }
        (piece.end(text.len()), None)
    }
}

/// A piece under way: copied only once a character had to be left out.
struct Piece<'t> {
    text: &'t str,
    from: usize,
    out: String,
}

impl<'t> Piece<'t> {
    /// Leaves out the one-byte character at this place.
    fn skip(&mut self, at: usize) {
        self.out.push_str(&self.text[self.from..at]);
        self.from = at + 1;
    }

    fn end(mut self, at: usize) -> Cow<'t, str> {
        if self.from == 0 {
            return Cow::Borrowed(&self.text[..at]);
        }
        self.out.push_str(&self.text[self.from..at]);
        Cow::Owned(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_outside_of_nesting_and_quotes() {
        assert_eq!(
            split("a,b(1,2),[3,4],\"5,6\",7", 9),
            ["a", "b(1,2)", "[3,4]", "5,6", "7"]
        );
        assert_eq!(split("a\\,b,c", 9), ["a,b", "c"]);
        assert_eq!(split("\\\"x\\\",y", 9), ["\"x\"", "y"]);
        assert_eq!(split("a,,b,", 9), ["a", "", "b", ""]);
        assert_eq!(split(",", 9), ["", ""]);
        assert!(split("", 9).is_empty());
        assert_eq!(split("a)b,c]d,e", 9), ["a)b", "c]d", "e"]);
        assert_eq!(split("(a,b", 9), ["(a,b"]);
        assert_eq!(split("ü,\\ß,\"é\"", 9), ["ü", "ß", "é"]);
        assert_eq!(split("trailing\\", 9), ["trailing"]);
    }

    #[test]
    fn the_last_piece_is_what_is_left() {
        assert_eq!(split("a,b,\"c\",d\\n", 3), ["a", "b", "\"c\",d\\n"]);
        assert_eq!(split("\"a\",b", 1), ["\"a\",b"]);
        assert_eq!(split(&",".repeat(1_000), usize::MAX).len(), MAX_ARGUMENTS);
    }

    #[test]
    fn raw_pieces_keep_their_marks() {
        assert_eq!(
            split_raw("\\x41-Z,\"a,b\",c\\,d,e", 9),
            ["\\x41-Z", "\"a,b\"", "c\\,d", "e"]
        );
        assert_eq!(split_at("a|b,c", '|', 9), ["a", "b,c"]);
    }

    #[test]
    fn calls_come_apart_at_the_outer_parentheses() {
        assert_eq!(call("LEN(a(b))"), Some(("LEN", "a(b)")));
        assert_eq!(call("LEN()"), Some(("LEN", "")));
        assert_eq!(call("LEN(a"), Some(("LEN", "a")));
        assert_eq!(call("LEN"), None);
    }

    #[test]
    fn escapes_name_characters() {
        assert_eq!(unescape("a\\n\\t\\x41\\054\\,\\\\"), "a\n\tA,,\\");
        assert_eq!(
            text::to_bytes(&unescape("\\xE9\\xe9")).as_ref(),
            [0xE9, 0xE9]
        );
        assert_eq!(unescape("\\"), "\\");
        assert_eq!(unescape("\\xzz\\08"), "xzz\0".to_owned() + "8");
    }
}
