//! Which parts of a line are comment.

use std::ops::Range;

use crate::limits;

/// A stretch of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) range: Range<usize>,
    pub(crate) code: bool,
}

/// Takes lines in order and remembers the block comments that are open between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scanner {
    /// For each open block comment, the line it began on.
    open: Vec<u32>,
}

/// A block comment deeper than [`limits::COMMENT_DEPTH`]: its markers are comment text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooDeep;

impl Scanner {
    /// How many block comments are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The line on which the outermost open block comment began.
    pub(crate) fn open_since(&self) -> Option<u32> {
        self.open.first().copied()
    }

    /// Cuts a line, without its newline, into code and comment. The pieces cover it without a gap.
    pub(crate) fn pieces(&mut self, line: &str, number: u32) -> (Vec<Piece>, Result<(), TooDeep>) {
        let bytes = line.as_bytes();
        let mut pieces = Vec::new();
        let mut result = Ok(());
        // Where the current piece began, and from where semicolons are still to be judged. A marker's
        // characters belong to one marker only: `;--;` opens and does not close.
        let (mut from, mut judged) = (0, 0);
        let mut cut = |from: &mut usize, to: usize, code: bool| {
            if *from < to {
                pieces.push(Piece {
                    range: *from..to,
                    code,
                });
            }
            *from = to;
        };
        while let Some(at) = find_semicolon(bytes, judged) {
            let rest = bytes.get(at + 1..).unwrap_or_default();
            let before = bytes.get(judged..at).unwrap_or_default();
            judged = at + 1;
            if before.ends_with(b"\\") {
                continue;
            }
            if rest.starts_with(b"--") && rest.get(2) != Some(&b'-') {
                if self.open.is_empty() {
                    cut(&mut from, at, true);
                }
                if self.open.len() < limits::COMMENT_DEPTH {
                    self.open.push(number);
                } else {
                    result = Err(TooDeep);
                }
                judged = at + 3;
            } else if self.open.is_empty() {
                cut(&mut from, at, true);
                cut(&mut from, bytes.len(), false);
                break;
            } else if before.ends_with(b"--") {
                self.open.pop();
                if self.open.is_empty() {
                    cut(&mut from, at + 1, false);
                }
            }
        }
        let code = self.open.is_empty();
        cut(&mut from, bytes.len(), code);
        (pieces, result)
    }
}

/// The code of a line that was cut into `pieces`: escaped semicolons resolved, blanks around dropped.
pub(crate) fn code(line: &str, pieces: &[Piece]) -> String {
    let code: String = pieces
        .iter()
        .filter(|p| p.code)
        .filter_map(|p| line.get(p.range.clone()))
        .collect();
    let code = if code.contains("\\;") {
        code.replace("\\;", ";")
    } else {
        code
    };
    strip(&code).to_owned()
}

/// Without the blanks around it; as for Asterisk, every control character is one.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

fn find_semicolon(bytes: &[u8], from: usize) -> Option<usize> {
    let found = bytes.get(from..)?.iter().position(|b| *b == b';')?;
    Some(from + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of each line.
    fn codes(text: &str) -> Vec<String> {
        let mut scanner = Scanner::default();
        text.split('\n')
            .zip(1..)
            .map(|(line, number)| {
                let (pieces, result) = scanner.pieces(line, number);
                assert_eq!(result, Ok(()));
                let covered: String = pieces
                    .iter()
                    .filter_map(|p| line.get(p.range.clone()))
                    .collect();
                assert_eq!(covered, line);
                code(line, &pieces)
            })
            .collect()
    }

    #[test]
    fn a_comment_ends_the_line_unless_escaped() {
        assert_eq!(codes(" a = b ; c"), ["a = b"]);
        assert_eq!(codes(r"a = b\; c ; d"), ["a = b; c"]);
        assert_eq!(codes("a = b --; c"), ["a = b --"]);
        assert_eq!(codes(";--- not a block\na = 1"), ["", "a = 1"]);
    }

    #[test]
    fn block_comments_span_lines_and_nest() {
        assert_eq!(codes("a = ;-- x --;1;-- y --;2"), ["a = 12"]);
        assert_eq!(
            codes("a = 1 ;-- x\nb = 2\n;-- y --; z\n--; c = 3"),
            ["a = 1", "", "", "c = 3"]
        );
        assert_eq!(codes(";--;\nx\n--; y"), ["", "", "y"]);
    }

    #[test]
    fn too_deep_a_nesting_is_told() {
        let mut scanner = Scanner::default();
        let line = ";-- ".repeat(limits::COMMENT_DEPTH + 1);
        assert_eq!(scanner.pieces(&line, 1).1, Err(TooDeep));
        assert_eq!(scanner.depth(), limits::COMMENT_DEPTH);
    }
}
