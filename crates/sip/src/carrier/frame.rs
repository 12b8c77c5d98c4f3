//! Messages cut out of a stream (RFC 3261, 18.3), and the empty lines that keep it open (RFC 5626, 3.5.1).

use crate::limits::{HEAD, MESSAGE};

/// What a stream holds next.
#[derive(Debug, PartialEq, Eq)]
pub enum Framed {
    /// A message.
    Message(Vec<u8>),
    /// Somebody asks whether we are there: two empty lines, answered by one.
    Ping,
    /// More has to come.
    More,
    /// It cannot be told where a message ends: the connection is of no use any more.
    Broken(&'static str),
}

/// Takes what comes next out of the buffer.
pub fn next(buffer: &mut Vec<u8>) -> Framed {
    let blank = buffer
        .iter()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))
        .unwrap_or(buffer.len());
    if blank >= 4 {
        buffer.drain(..blank);
        return Framed::Ping;
    }
    if blank == buffer.len() {
        // One empty line is a pong; the first half of a ping waits for the second.
        return Framed::More;
    }
    buffer.drain(..blank);
    let Some(end) = memchr::memmem::find(buffer, b"\r\n\r\n") else {
        return match buffer.len() > HEAD {
            true => Framed::Broken("the head of a message does not end"),
            false => Framed::More,
        };
    };
    let head = end + 4;
    if head > HEAD {
        return Framed::Broken("the head of a message is too long");
    }
    let Some(length) = length(&buffer[..end]) else {
        return Framed::Broken("Content-Length is no number");
    };
    let whole = match head.checked_add(length) {
        Some(whole) if whole <= MESSAGE => whole,
        _ => return Framed::Broken("a message is too long"),
    };
    if buffer.len() < whole {
        return Framed::More;
    }
    let rest = buffer.split_off(whole);
    Framed::Message(std::mem::replace(buffer, rest))
}

/// `Content-Length` of a head; zero where it names none.
fn length(head: &[u8]) -> Option<usize> {
    for line in head.split(|byte| *byte == b'\n') {
        let Some(colon) = memchr::memchr(b':', line) else {
            continue;
        };
        let name = line[..colon].trim_ascii();
        if name.eq_ignore_ascii_case(b"content-length") || name.eq_ignore_ascii_case(b"l") {
            let value = std::str::from_utf8(line[colon + 1..].trim_ascii()).ok()?;
            return value.parse().ok();
        }
    }
    Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], at_once: usize) -> Vec<Framed> {
        let mut buffer = Vec::new();
        let mut found = Vec::new();
        for part in bytes.chunks(at_once) {
            buffer.extend_from_slice(part);
            loop {
                match next(&mut buffer) {
                    Framed::More => break,
                    broken @ Framed::Broken(_) => {
                        found.push(broken);
                        return found;
                    }
                    other => found.push(other),
                }
            }
        }
        found
    }

    #[test]
    fn messages_are_cut_wherever_the_packets_end() {
        let bytes = b"\r\n\r\nA\r\nContent-Length: 3\r\n\r\nxyzB\r\nl : 0\r\n\r\n\r\nC\r\n\r\n";
        let messages = |framed: Vec<Framed>| -> Vec<Vec<u8>> {
            let only = |f| match f {
                Framed::Message(m) => Some(m),
                _ => None,
            };
            framed.into_iter().filter_map(only).collect()
        };
        for size in 1..bytes.len() {
            assert_eq!(
                messages(all(bytes, size)),
                [
                    b"A\r\nContent-Length: 3\r\n\r\nxyz".to_vec(),
                    b"B\r\nl : 0\r\n\r\n".to_vec(),
                    b"C\r\n\r\n".to_vec(),
                ],
                "{size}"
            );
        }
        assert_eq!(all(bytes, bytes.len())[0], Framed::Ping);
    }

    #[test]
    fn what_does_not_end_is_broken() {
        assert!(matches!(
            all(&[b'x'; HEAD + 1], HEAD + 1)[..],
            [Framed::Broken(_)]
        ));
        for head in ["l: 70000", "l: -1", "l: x", "l: 99999999999999999999"] {
            let bytes = format!("A\r\n{head}\r\n\r\n");
            let found = all(bytes.as_bytes(), 9);
            assert!(matches!(found[..], [Framed::Broken(_)]), "{head}");
        }
    }
}
