//! Where output goes, and how packets look there.

use std::io::{self, IsTerminal, Write};

use ami::Packet;
use owo_colors::Style;

use super::json;

/// Output, complaints, and the form that was asked for.
pub(crate) struct Terminal<'a> {
    pub(crate) out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    colour: bool,
    pub(crate) json: bool,
}

/// Whether standard output shows colours: it is a terminal, and nobody said `NO_COLOR`.
pub(super) fn is_colourful() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdout().is_terminal() && !refused && !dumb
}

impl<'a> Terminal<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, colour: bool) -> Self {
        Self {
            out,
            err,
            colour,
            json: false,
        }
    }

    /// A line for people, beside the output.
    pub(crate) fn complain(&mut self, text: &str) {
        // Where complaints cannot be made there is nobody to tell.
        let _ = writeln!(self.err, "ami: {text}");
    }

    /// A line of output.
    pub(crate) fn line(&mut self, line: &str) -> io::Result<()> {
        self.text(line)?;
        self.out.write_all(b"\n")
    }

    /// A packet with a line for each header and an empty one after it, or as JSON.
    pub(crate) fn packet(&mut self, packet: &Packet) -> io::Result<()> {
        if self.json {
            return json::packet(self.out, packet);
        }
        for (at, (key, value)) in packet.iter().enumerate() {
            self.painted(key, if at == 0 { HEAD } else { KEY })?;
            self.out.write_all(b": ")?;
            let refused = at == 0 && value.eq_ignore_ascii_case("Error");
            self.painted(
                value,
                if refused {
                    BAD
                } else if at == 0 {
                    HEAD
                } else {
                    PLAIN
                },
            )?;
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(b"\n")
    }

    /// An event in one line: its name, then what is known of it. What is empty is left out, and so is the
    /// privilege, which says nothing of the call.
    pub(crate) fn event_line(&mut self, event: &Packet) -> io::Result<()> {
        if self.json {
            return json::packet(self.out, event);
        }
        self.painted(&format!("{:<20}", event.get("Event")), HEAD)?;
        for (key, value) in event.iter() {
            let is_head = ["Event", "Privilege"]
                .iter()
                .any(|k| k.eq_ignore_ascii_case(key));
            if is_head || value.is_empty() || value == "<unknown>" {
                continue;
            }
            self.out.write_all(b" ")?;
            self.painted(key, KEY)?;
            self.out.write_all(b"=")?;
            if value.contains([' ', '"']) {
                self.text(&format!("\"{}\"", value.replace('"', "\\\"")))?;
            } else {
                self.text(value)?;
            }
        }
        self.out.write_all(b"\n")
    }

    /// A headline.
    pub(crate) fn headline(&mut self, text: &str) -> io::Result<()> {
        self.painted(text, HEAD)?;
        self.out.write_all(b"\n")
    }

    fn painted(&mut self, text: &str, style: Paint) -> io::Result<()> {
        if !self.colour || style == PLAIN {
            return self.text(text);
        }
        let style = match style {
            Paint::Head => Style::new().bold().cyan(),
            Paint::Key => Style::new().green(),
            Paint::Bad => Style::new().bold().red(),
            Paint::Plain => Style::new(),
        };
        write!(self.out, "{}", style.prefix_formatter())?;
        self.text(text)?;
        write!(self.out, "{}", style.suffix_formatter())
    }

    /// Writes text as it came, except that nothing in it can steer the terminal: a caller's name is
    /// whatever the caller likes.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if !text.chars().any(is_steering) {
            return self.out.write_all(&text::to_bytes(text));
        }
        let mut shown = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            if is_steering(c) {
                shown.extend(c.escape_default());
            } else {
                shown.push(c);
            }
        }
        self.out.write_all(&text::to_bytes(&shown))
    }
}

fn is_steering(c: char) -> bool {
    c.is_control() && c != '\t'
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paint {
    Plain,
    Head,
    Key,
    Bad,
}

const PLAIN: Paint = Paint::Plain;
const HEAD: Paint = Paint::Head;
const KEY: Paint = Paint::Key;
const BAD: Paint = Paint::Bad;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(colour: bool, write: impl Fn(&mut Terminal<'_>) -> io::Result<()>) -> Vec<u8> {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        write(&mut Terminal::new(&mut out, &mut err, colour)).unwrap();
        out
    }

    fn event() -> Packet {
        Packet::new()
            .with("Event", "Hangup")
            .with("Privilege", "call,all")
            .with("CallerIDName", "\x1b[2J Eve")
            .with("AccountCode", "")
    }

    #[test]
    fn a_packet_reads_as_on_the_wire() {
        let plain = shown(false, |terminal| terminal.packet(&event()));
        assert_eq!(
            plain,
            b"Event: Hangup\nPrivilege: call,all\nCallerIDName: \\u{1b}[2J Eve\nAccountCode: \n\n"
        );
    }

    #[test]
    fn an_event_in_one_line_leaves_out_what_says_nothing() {
        let line = shown(false, |terminal| terminal.event_line(&event()));
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "Hangup               CallerIDName=\"\\u{1b}[2J Eve\"\n"
        );
    }

    #[test]
    fn colours_only_where_they_show() {
        assert!(shown(true, |terminal| terminal.packet(&event())).contains(&0x1b));
        assert!(!shown(false, |terminal| terminal.packet(&event())).contains(&0x1b));
    }

    #[test]
    fn bytes_that_are_not_utf8_leave_as_they_came() {
        let latin = Packet::new().with("Event", &text::decode(b"caf\xe9"));
        assert_eq!(
            shown(false, |terminal| terminal.packet(&latin)),
            b"Event: caf\xe9\n\n"
        );
    }
}
