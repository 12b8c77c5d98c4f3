//! Writing lines.
//!
//! A value is escaped so that it cannot end its line and forge another: a line feed is written as `\n`, a
//! carriage return as `\r` and a NUL, at which C clients stop reading, as `\0`, two characters each. A
//! backslash stays as it is, because clients expect Windows names and regular expressions unchanged, so
//! the escape is a safeguard and not a code to be undone. Everything else leaves as it came, bytes that
//! are not UTF-8 included.

use std::borrow::Cow;
use std::sync::Arc;

use crate::spec::Kind;

/// Appends `key: value` and the line end.
pub fn line<V: Value + ?Sized>(out: &mut Vec<u8>, key: &str, value: &V) {
    escape(key, out);
    out.extend_from_slice(b": ");
    value.write(out);
    out.extend_from_slice(b"\r\n");
}

/// Appends the empty line that ends a packet.
pub fn end(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\r\n");
}

/// Appends text so that it stays within its line.
pub fn escape(text: &str, out: &mut Vec<u8>) {
    // One pass without a branch, which compilers turn into vector code. 0xF4 begins the characters that
    // crate `text` uses for bytes that are not UTF-8.
    let special = text.bytes().fold(false, |found, b| {
        found | (b == b'\n') | (b == b'\r') | (b == 0) | (b == 0xF4)
    });
    if special {
        escape_slowly(text, out);
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

#[cold]
fn escape_slowly(text: &str, out: &mut Vec<u8>) {
    for &byte in text::to_bytes(text).iter() {
        match byte {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0 => out.extend_from_slice(b"\\0"),
            other => out.push(other),
        }
    }
}

/// What can stand after `Key: `.
pub trait Value {
    /// What the value is, for the reference page.
    const KIND: Kind;

    /// Appends the value.
    fn write(&self, out: &mut Vec<u8>);

    /// Whether nothing would be appended.
    fn is_empty(&self) -> bool {
        false
    }
}

impl Value for str {
    const KIND: Kind = Kind::Text;

    fn write(&self, out: &mut Vec<u8>) {
        escape(self, out);
    }

    fn is_empty(&self) -> bool {
        str::is_empty(self)
    }
}

impl<V: Value + ?Sized> Value for &V {
    const KIND: Kind = V::KIND;

    fn write(&self, out: &mut Vec<u8>) {
        V::write(self, out);
    }

    fn is_empty(&self) -> bool {
        V::is_empty(self)
    }
}

/// Text behind an owner.
macro_rules! text {
    ($($owner:ty),*) => {$(
        impl Value for $owner {
            const KIND: Kind = Kind::Text;

            fn write(&self, out: &mut Vec<u8>) {
                escape(self, out);
            }

            fn is_empty(&self) -> bool {
                str::is_empty(self)
            }
        }
    )*};
}

text!(String, Cow<'_, str>, Arc<str>, Box<str>);

macro_rules! number {
    ($($number:ty),*) => {$(
        impl Value for $number {
            const KIND: Kind = Kind::Number;

            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(itoa::Buffer::new().format(*self).as_bytes());
            }
        }
    )*};
}

number!(u8, u16, u32, u64, usize, i8, i16, i32, i64);

/// `Yes` or `No`. Where the wire says `true` or `1` the field is text or a number.
impl Value for bool {
    const KIND: Kind = Kind::YesNo;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"Yes" } else { b"No" });
    }
}

/// A value that has its quotes, backslashes and control characters written with a backslash, as `VarSet`
/// does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quoted<'a>(pub &'a str);

impl Value for Quoted<'_> {
    const KIND: Kind = Kind::Text;

    fn write(&self, out: &mut Vec<u8>) {
        let special = |b: u8| matches!(b, b'"' | b'\'' | b'\\') || b.is_ascii_control();
        let mut rest = self.0;
        while let Some(at) = rest.bytes().position(special) {
            let (plain, tail) = rest.split_at(at);
            escape(plain, out);
            let (Some(&byte), Some(after)) = (tail.as_bytes().first(), tail.get(1..)) else {
                break;
            };
            match byte {
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                b'\t' => out.extend_from_slice(b"\\t"),
                0 => out.extend_from_slice(b"\\0"),
                b'"' | b'\'' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
                control => out.push(control),
            }
            rest = after;
        }
        escape(rest, out);
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends a line led by its predecessor's line end; `key` is `"\r\nKey: "`.
///
/// Events are written so, and not with the line end after the value, because it makes one constant of
/// line end, key and colon.
pub fn led<V: Value + ?Sized>(out: &mut Vec<u8>, key: &str, value: &V) {
    out.extend_from_slice(key.as_bytes());
    value.write(out);
}

/// As [`led`], with `instead` for an empty value.
pub fn led_or<V: Value + ?Sized>(out: &mut Vec<u8>, key: &str, value: &V, instead: &str) {
    out.extend_from_slice(key.as_bytes());
    if value.is_empty() {
        out.extend_from_slice(instead.as_bytes());
    } else {
        value.write(out);
    }
}

/// As [`led`], a line `Key: name=value` for each pair.
pub fn led_pairs<K: AsRef<str>, V: AsRef<str>>(out: &mut Vec<u8>, key: &str, pairs: &[(K, V)]) {
    for (name, value) in pairs {
        out.extend_from_slice(key.as_bytes());
        escape(name.as_ref(), out);
        out.push(b'=');
        escape(value.as_ref(), out);
    }
}

/// As [`led`], a line of its own key for each pair.
pub fn led_free<K: AsRef<str>, V: AsRef<str>>(out: &mut Vec<u8>, headers: &[(K, V)]) {
    for (key, value) in headers {
        out.extend_from_slice(b"\r\n");
        escape(key.as_ref(), out);
        out.extend_from_slice(b": ");
        escape(value.as_ref(), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &impl Value) -> Vec<u8> {
        let mut out = Vec::new();
        value.write(&mut out);
        out
    }

    #[test]
    fn no_value_starts_a_line_of_its_own() {
        let forged = "x\r\nResponse: Success\0";
        assert_eq!(written(&forged), b"x\\r\\nResponse: Success\\0");
        let mut out = Vec::new();
        line(&mut out, "Key\r\nEvent", "v");
        assert_eq!(out, b"Key\\r\\nEvent: v\r\n");
    }

    #[test]
    fn bytes_that_are_not_utf8_leave_as_they_came() {
        assert_eq!(written(&text::decode(b"caf\xe9\n").as_ref()), b"caf\xe9\\n");
    }

    #[test]
    fn quoted_values_carry_backslashes() {
        assert_eq!(
            written(&Quoted(r#"say "hi" it's \n"#)),
            br#"say \"hi\" it\'s \\n"#
        );
        assert_eq!(written(&Quoted("a\nb\tc")), br"a\nb\tc");
        assert_eq!(written(&Quoted(&text::decode(b"\xe9'"))), b"\xe9\\'");
    }

    #[test]
    fn numbers_and_answers() {
        assert_eq!(written(&-2_i64), b"-2");
        assert_eq!(written(&true), b"Yes");
    }
}
