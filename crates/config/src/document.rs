//! One file's text, line by line, so that an edit touches no other line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::ErrorKind;
use std::sync::Arc;

use crate::build::{At, Builder, Section};
use crate::scan::{self, Piece, Scanner};
use crate::statement;
use crate::{Error, Problem, Source, limits, load};

/// The text of one `.conf` file, to be edited. Comments, blank lines, order, spacing, line ends and
/// directives stay as they are.
///
/// It knows this one file only: what it includes is neither seen nor changed. Any text is a document;
/// one that does not [load](crate::load) should not be edited, since what is wrong with it hides what
/// follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    byte_order_mark: bool,
    pub(crate) lines: Vec<Line>,
}

/// A line of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// As it stands in the file, with its newline if it has one.
    raw: String,
    pieces: Vec<Piece>,
    /// What is left of it without comments.
    pub(crate) code: String,
    /// Whether a block comment is open where it begins.
    pub(crate) begins_in_comment: bool,
    /// Whether a block comment is open where it ends.
    pub(crate) ends_in_comment: bool,
}

/// What to do to the lines of a document, by their index.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// A line's code, already escaped, that takes the place of what it has.
    pub(crate) rewrite: BTreeMap<usize, String>,
    pub(crate) erase: BTreeSet<usize>,
    /// Lines without newline, to stand before the index.
    pub(crate) insert: BTreeMap<usize, Vec<String>>,
}

impl Document {
    /// Takes a text apart. [`to_text`](Document::to_text) gives it back unchanged.
    pub fn parse(text: &str) -> Document {
        let (byte_order_mark, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut scanner = Scanner::default();
        let lines = text.split_inclusive('\n').zip(1..);
        let lines = lines
            .map(|(raw, number)| Line::parse(raw, number, &mut scanner))
            .collect();
        Document {
            byte_order_mark,
            lines,
        }
    }

    /// Reads a file to be edited.
    pub fn open(source: &dyn Source, name: &str) -> Result<Document, Error> {
        match source.read(name, limits::FILE_BYTES) {
            Ok(bytes) => Ok(Document::parse(&text::decode(&bytes))),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(Error::NotFound(name.to_owned())),
            Err(e) => {
                let text = load::unreadable(&e);
                Err(Problem {
                    file: name.into(),
                    line: 0,
                    text,
                }
                .into())
            }
        }
    }

    /// The text, to be written back.
    pub fn to_text(&self) -> String {
        let mark = if self.byte_order_mark { "\u{feff}" } else { "" };
        std::iter::once(mark)
            .chain(self.lines.iter().map(|line| line.raw.as_str()))
            .collect()
    }

    /// The bytes of the text, as they belong into the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        text::to_bytes(&self.to_text()).into_owned()
    }

    /// What the document means by itself; line numbers are indexes into `lines` plus one.
    pub(crate) fn view(&self) -> Builder {
        let file: Arc<str> = Arc::from("");
        let (mut builder, mut section) = (Builder::default(), Section::None);
        for (line, number) in self.lines.iter().zip(1..) {
            let at = At {
                file: &file,
                line: number,
            };
            if builder
                .take(statement::parse(&line.code), &mut section, at)
                .is_err()
            {
                break;
            }
        }
        builder
    }

    /// The document that a plan makes of this one.
    pub(crate) fn carried_out(&self, plan: &Plan) -> Document {
        let newline = match self.lines.first() {
            Some(line) if line.raw.ends_with("\r\n") => "\r\n",
            _ => "\n",
        };
        let mut text = String::new();
        if self.byte_order_mark {
            text.push('\u{feff}');
        }
        for index in 0..=self.lines.len() {
            for line in plan.insert.get(&index).into_iter().flatten() {
                if !text.is_empty() && !text.ends_with(['\n', '\u{feff}']) {
                    text.push_str(newline);
                }
                // Writing into a string cannot fail.
                let _ = write!(text, "{line}{newline}");
            }
            let Some(line) = self.lines.get(index) else {
                continue;
            };
            if plan.erase.contains(&index) {
                if line.begins_in_comment || line.ends_in_comment {
                    line.push_with_code("", &mut text);
                }
            } else if let Some(code) = plan.rewrite.get(&index) {
                line.push_with_code(code, &mut text);
            } else {
                text.push_str(&line.raw);
            }
        }
        Document::parse(&text)
    }

    /// Where the comment begins that stands directly above a line and so belongs to it. One at the top
    /// of the file belongs to the file.
    pub(crate) fn leading(&self, index: usize) -> usize {
        let above = self.lines.get(..index).unwrap_or_default();
        match above.iter().rposition(|line| !line.is_comment()) {
            Some(other) => other + 1,
            None => index,
        }
    }

    /// The end of the section whose header stands at an index: where the next one begins, with the
    /// comment above it.
    pub(crate) fn section_end(&self, header: usize) -> usize {
        let below = self.lines.iter().enumerate().skip(header + 1);
        match below.into_iter().find(|(_, line)| line.is_header()) {
            Some((next, _)) => self.leading(next),
            None => self.lines.len(),
        }
    }

    /// Whether a line put before this index would not be inside a comment.
    pub(crate) fn is_open_at(&self, at: usize) -> bool {
        match self.lines.get(at) {
            Some(line) => !line.begins_in_comment,
            None => self.lines.last().is_none_or(|line| !line.ends_in_comment),
        }
    }

    pub(crate) fn is_directive(&self, at: usize) -> bool {
        self.lines
            .get(at)
            .is_some_and(|line| line.code.starts_with('#'))
    }
}

impl Plan {
    /// Puts a line before the index, behind others put there.
    pub(crate) fn insert_line(&mut self, at: usize, line: String) {
        self.insert.entry(at).or_default().push(line);
    }
}

impl Line {
    fn parse(raw: &str, number: u32, scanner: &mut Scanner) -> Line {
        let begins_in_comment = scanner.depth() > 0;
        let content = raw.strip_suffix('\n').unwrap_or(raw);
        // Comments nested too deeply stay comments; loading the file complains.
        let (pieces, _) = scanner.pieces(content, number);
        let code = scan::code(content, &pieces);
        let ends_in_comment = scanner.depth() > 0;
        Line {
            raw: raw.to_owned(),
            pieces,
            code,
            begins_in_comment,
            ends_in_comment,
        }
    }

    pub(crate) fn is_header(&self) -> bool {
        self.code.starts_with('[')
    }

    pub(crate) fn is_blank(&self) -> bool {
        scan::strip(&self.raw).is_empty()
    }

    /// Whether it is a comment from end to end, and of this line alone.
    fn is_comment(&self) -> bool {
        let alone = !self.begins_in_comment && !self.ends_in_comment;
        alone && self.code.is_empty() && !self.is_blank()
    }

    /// The code as it is written, if comments do not cut it in pieces.
    pub(crate) fn raw_code(&self) -> Option<&str> {
        let mut codes = self.pieces.iter().filter(|piece| piece.code);
        let written = |piece: &Piece| self.raw.get(piece.range.clone()).map(scan::strip);
        let mut codes = codes
            .by_ref()
            .filter_map(written)
            .filter(|code| !code.is_empty());
        codes.next().filter(|_| codes.next().is_none())
    }

    /// Appends the line with other code in the place of its own, its comments as they are.
    fn push_with_code(&self, code: &str, out: &mut String) {
        let mut code = Some(code);
        for (n, piece) in self.pieces.iter().enumerate() {
            let written = self.raw.get(piece.range.clone()).unwrap_or_default();
            let own = scan::strip(written);
            if !piece.code || own.is_empty() {
                out.push_str(written);
            } else if let Some(code) = code.take() {
                let (before, after) = written.split_once(own).unwrap_or_default();
                out.push_str(before);
                out.push_str(code);
                out.push_str(after);
                if after.is_empty() && n + 1 < self.pieces.len() {
                    out.push(' ');
                }
            }
        }
        if self.raw.ends_with('\n') {
            out.push('\n');
        }
    }
}
