//! One packet of the protocol: `Key: value` lines in order.

use std::fmt;
use std::ops::Range;

/// Headers in the order in which they came.
///
/// Keys are found without regard to case and keep the case they were sent with. Keys may repeat. All text
/// lies in one buffer, so a packet costs two allocations however many headers it has.
#[derive(Clone, Default)]
pub struct Packet {
    text: String,
    headers: Vec<Header>,
}

/// Where a header's key and value lie in the packet's text. A packet is far below 4 GiB.
#[derive(Debug, Clone, Copy)]
struct Header {
    key: u32,
    value: u32,
    end: u32,
}

impl Packet {
    /// A packet without headers; allocates nothing.
    pub const fn new() -> Self {
        Self {
            text: String::new(),
            headers: Vec::new(),
        }
    }

    /// The first value of `key`, or `""` when there is none: the protocol treats the two alike.
    pub fn get(&self, key: &str) -> &str {
        self.find(key).unwrap_or_default()
    }

    /// The first value of `key`, where absent and empty differ.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.iter()
            .find_map(|(k, value)| k.eq_ignore_ascii_case(key).then_some(value))
    }

    /// All values of a key that may repeat, in order.
    pub fn all<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.iter()
            .filter_map(move |(k, value)| k.eq_ignore_ascii_case(key).then_some(value))
    }

    /// All headers in order, keys as they were sent.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> + ExactSizeIterator {
        self.headers
            .iter()
            .map(|h| (self.slice(h.key..h.value), self.slice(h.value..h.end)))
    }

    /// The headers whose keys are none of `named`, in order, keys as they were sent.
    pub fn rest(&self, named: &[&str]) -> Vec<(String, String)> {
        self.iter()
            .filter(|(key, _)| !named.iter().any(|name| key.eq_ignore_ascii_case(name)))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    /// Adds a header at the end. Nothing is checked: the encoder escapes what could break a line.
    pub fn push(&mut self, key: &str, value: &str) {
        if self.headers.is_empty() {
            // Most packets fit, so they are not grown step by step.
            self.text.reserve(128);
            self.headers.reserve(8);
        }
        let at = self.text.len();
        self.text.push_str(key);
        self.text.push_str(value);
        let value_at = at + key.len();
        self.headers.push(Header {
            key: offset(at),
            value: offset(value_at),
            end: offset(self.text.len()),
        });
    }

    /// Adds a header and gives the packet back, to build one in an expression.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.push(key, value);
        self
    }

    /// The number of headers.
    pub fn len(&self) -> usize {
        self.headers.len()
    }

    /// Whether there is no header at all: a stray empty line on the wire.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty()
    }

    /// Appends the packet as it goes on the wire, its empty line included.
    pub fn write(&self, out: &mut Vec<u8>) {
        for (key, value) in self.iter() {
            crate::encode::line(out, key, value);
        }
        crate::encode::end(out);
    }

    fn slice(&self, range: Range<u32>) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }
}

/// Past 4 GiB, which no limit lets through, headers read as empty rather than as each other.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl PartialEq for Packet {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Packet {}

impl fmt::Debug for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Packet {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(headers: I) -> Self {
        headers
            .into_iter()
            .fold(Self::new(), |packet, (key, value)| packet.with(key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_any_case_and_kept_as_sent() {
        let packet = Packet::new()
            .with("action", "Originate")
            .with("VARIABLE", "a=1")
            .with("Variable", "b=2");
        assert_eq!(packet.get("Action"), "Originate");
        assert_eq!(packet.get("Absent"), "");
        assert_eq!(packet.find("Absent"), None);
        assert_eq!(packet.all("variable").collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!(packet.iter().next(), Some(("action", "Originate")));
    }

    #[test]
    fn the_rest_is_what_nobody_named() {
        let packet = Packet::new()
            .with("Action", "UserEvent")
            .with("Note", "one")
            .with("nOTE", "two");
        let rest = packet.rest(&["ACTION"]);
        assert_eq!(
            rest,
            [("Note".into(), "one".into()), ("nOTE".into(), "two".into())]
        );
    }
}
