//! What goes over the control socket.
//!
//! A frame is a byte that says what it is, four bytes of length (big-endian), and that many bytes. Text is
//! what it is everywhere else on the wire: UTF-8, or the bytes as they came.

use std::io::{self, Read};

/// Most bytes in one frame. A command is a line; longer output comes in several frames.
pub(super) const PAYLOAD: usize = 64 * 1024;

const HEADER: usize = 5;

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// To the switch: what this console wants.
    Hello(Hello),
    /// To the switch: run this line.
    Command(String),
    /// To the switch: how may this line go on?
    Complete(String),
    /// From the switch: who it is. A console that gets this was understood.
    Welcome(String),
    /// From the switch: a part of what a command says.
    Output(String),
    /// From the switch: the command is over; whether it did what it was asked.
    Done(bool),
    /// From the switch: where the word begins that these may replace.
    Candidates(usize, Vec<String>),
    /// From the switch: a line of the log.
    Log(String),
    /// From the switch: it closes the connection, and why.
    Bye(String),
}

/// What a console wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hello {
    /// The log's lines.
    pub(crate) log: bool,
    /// Colours in them.
    pub(crate) colours: bool,
    /// The time before what the switch does.
    pub(crate) timestamps: bool,
    /// How much it shows of what the switch does; `None` for as much as the switch itself.
    pub(crate) verbosity: Option<u8>,
}

impl Frame {
    /// The bytes. Text that is too long is cut: only commands typed by hand can be.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut payload = Vec::new();
        let kind = match self {
            Frame::Hello(hello) => {
                payload.extend([
                    u8::from(hello.log)
                        | u8::from(hello.colours) << 1
                        | u8::from(hello.timestamps) << 2,
                    u8::from(hello.verbosity.is_some()),
                    hello.verbosity.unwrap_or(0),
                ]);
                1
            }
            Frame::Command(line) => put(line, &mut payload, 2),
            Frame::Complete(line) => put(line, &mut payload, 3),
            Frame::Welcome(text) => put(text, &mut payload, 16),
            Frame::Output(text) => put(text, &mut payload, 17),
            Frame::Done(success) => {
                payload.push(u8::from(*success));
                18
            }
            Frame::Candidates(start, words) => {
                payload.extend(u32::try_from(*start).unwrap_or(u32::MAX).to_be_bytes());
                put(&words.join("\n"), &mut payload, 19)
            }
            Frame::Log(text) => put(text, &mut payload, 20),
            Frame::Bye(text) => put(text, &mut payload, 21),
        };
        payload.truncate(PAYLOAD);
        let mut bytes = vec![kind];
        bytes.extend(u32::try_from(payload.len()).unwrap_or(0).to_be_bytes());
        bytes.extend(payload);
        bytes
    }

    /// Takes a frame from the front of what was received; `None` until it is there whole.
    pub(super) fn take(received: &mut Vec<u8>) -> io::Result<Option<Frame>> {
        let Some(&[kind, a, b, c, d]) = received.first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        if length > PAYLOAD {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a frame is too long",
            ));
        }
        let Some(payload) = received.get(HEADER..HEADER + length) else {
            return Ok(None);
        };
        let frame = Frame::decode(kind, payload)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a frame makes no sense"))?;
        received.drain(..HEADER + length);
        Ok(Some(frame))
    }

    /// Waits for a frame; `None` where the other side has closed.
    pub(super) fn read(from: &mut impl Read, received: &mut Vec<u8>) -> io::Result<Option<Frame>> {
        loop {
            if let Some(frame) = Frame::take(received)? {
                return Ok(Some(frame));
            }
            let mut more = [0; 16 * 1024];
            match from.read(&mut more)? {
                0 => return Ok(None),
                count => received.extend_from_slice(more.get(..count).unwrap_or_default()),
            }
        }
    }

    fn decode(kind: u8, payload: &[u8]) -> Option<Frame> {
        let text = |bytes: &[u8]| text::decode(bytes).into_owned();
        Some(match kind {
            1 => {
                let &[flags, given, verbosity] = payload.first_chunk::<3>()?;
                Frame::Hello(Hello {
                    log: flags & 1 != 0,
                    colours: flags & 2 != 0,
                    timestamps: flags & 4 != 0,
                    verbosity: (given != 0).then_some(verbosity),
                })
            }
            2 => Frame::Command(text(payload)),
            3 => Frame::Complete(text(payload)),
            16 => Frame::Welcome(text(payload)),
            17 => Frame::Output(text(payload)),
            18 => Frame::Done(*payload.first()? != 0),
            19 => {
                let (start, words) = payload.split_first_chunk::<4>()?;
                let start = usize::try_from(u32::from_be_bytes(*start)).ok()?;
                let words = text(words);
                Frame::Candidates(start, words.lines().map(str::to_owned).collect())
            }
            20 => Frame::Log(text(payload)),
            21 => Frame::Bye(text(payload)),
            _ => return None,
        })
    }
}

fn put(text: &str, payload: &mut Vec<u8>, kind: u8) -> u8 {
    text::encode(text, payload);
    kind
}

/// A text in parts that each fit a frame.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, more) = rest.split_at(rest.floor_char_boundary(PAYLOAD));
        rest = more;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_went() {
        let hello = Hello {
            log: true,
            verbosity: Some(3),
            ..Hello::default()
        };
        let frames = [
            Frame::Hello(hello),
            Frame::Command("core show version".into()),
            Frame::Candidates(5, vec!["show".into(), "stop".into()]),
            Frame::Done(true),
            Frame::Output(text::decode(b"caf\xe9").into_owned()),
        ];
        let bytes: Vec<u8> = frames.iter().flat_map(Frame::encode).collect();
        let mut received = Vec::new();
        let mut taken = Vec::new();
        for byte in bytes {
            received.push(byte);
            taken.extend(Frame::take(&mut received).unwrap());
        }
        assert_eq!(taken, frames);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(Frame::take(&mut vec![99, 0, 0, 0, 0]).is_err());
        assert!(Frame::take(&mut vec![2, 255, 0, 0, 0]).is_err());
        assert!(Frame::take(&mut vec![1, 0, 0, 0, 1, 7]).is_err());
    }

    #[test]
    fn a_long_text_goes_in_parts() {
        let text = "é".repeat(PAYLOAD);
        let parts: Vec<&str> = parts(&text).collect();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts.concat(), text);
    }
}
