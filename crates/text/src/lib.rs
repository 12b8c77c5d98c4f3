//! Bytes that may not be UTF-8, carried in ordinary strings without loss.
//!
//! Clients and `.conf` files send Latin-1 as readily as UTF-8, and a value must leave the switch as it
//! came. Inside, everything is `str`. So a byte that is not part of valid UTF-8 becomes one character of
//! the last private-use row, `U+10FF00` plus the byte, and becomes that byte again on the way out. A
//! genuine character of that row is taken apart byte by byte on the way in, which makes the mapping
//! one-to-one: [`encode`] of [`decode`] is the identity on every byte string.
#![forbid(unsafe_code)]

use std::borrow::Cow;

/// The first character of the row that stands for raw bytes.
const ROW: u32 = 0x10_FF00;

/// Reads bytes into a string; free of cost where they are plain UTF-8.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !has_row(bytes) => Cow::Borrowed(text),
        _ => Cow::Owned(decode_slowly(bytes)),
    }
}

/// Appends a string's bytes as they go on the wire.
pub fn encode(text: &str, out: &mut Vec<u8>) {
    if !has_row(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let mut utf8 = [0; 4];
    for c in text.chars() {
        match raw_byte(c) {
            Some(byte) => out.push(byte),
            None => out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes()),
        }
    }
}

/// A string's bytes as they go on the wire.
pub fn to_bytes(text: &str) -> Cow<'_, [u8]> {
    if !has_row(text.as_bytes()) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut out = Vec::with_capacity(text.len());
    encode(text, &mut out);
    Cow::Owned(out)
}

/// The byte that a character stands for, if it is one of the row for raw bytes.
pub fn raw_byte(c: char) -> Option<u8> {
    u8::try_from(u32::from(c).checked_sub(ROW)?).ok()
}

/// Whether the bytes may hold a character of the row: its UTF-8 begins with `F4 8F BC` to `F4 8F BF`.
fn has_row(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xF4, bytes)
        .any(|at| bytes.get(at + 1) == Some(&0x8F) && bytes.get(at + 2).is_some_and(|b| *b >= 0xBC))
}

fn decode_slowly(mut bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    while !bytes.is_empty() {
        let (valid, rest) = match std::str::from_utf8(bytes) {
            Ok(all) => (all, &[][..]),
            Err(e) => {
                let (valid, rest) = bytes.split_at(e.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), rest)
            }
        };
        for c in valid.chars() {
            if raw_byte(c).is_some() {
                push_raw(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut out);
            } else {
                out.push(c);
            }
        }
        let bad = rest.len().min(1);
        push_raw(&rest[..bad], &mut out);
        bytes = &rest[bad..];
    }
    out
}

fn push_raw(bytes: &[u8], out: &mut String) {
    out.extend(
        bytes
            .iter()
            .filter_map(|b| char::from_u32(ROW + u32::from(*b))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_string_survives_the_round() {
        // A small generator is enough: all lengths up to 12 over bytes that matter to UTF-8.
        let interesting = [
            0x00, 0x41, 0x7F, 0x80, 0xBC, 0xBF, 0xC3, 0xE2, 0x8F, 0xF4, 0xFF,
        ];
        let mut state = 7_u32;
        for round in 0..20_000_usize {
            let bytes: Vec<u8> = (0..round % 13)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    interesting[(state >> 16) as usize % interesting.len()]
                })
                .collect();
            assert_eq!(to_bytes(&decode(&bytes)).as_ref(), bytes, "{bytes:x?}");
        }
    }

    #[test]
    fn a_genuine_character_of_the_row_survives_too() {
        let sent = "\u{10FFE9}".as_bytes();
        assert_eq!(to_bytes(&decode(sent)).as_ref(), sent);
        assert_eq!(to_bytes(&decode(b"caf\xe9")).as_ref(), b"caf\xe9");
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(decode("plain ü".as_bytes()), Cow::Borrowed(_)));
    }
}
