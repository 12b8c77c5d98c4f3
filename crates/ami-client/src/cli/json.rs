//! Packets as JSON.

use std::io::{self, Write};

use ami::Packet;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// Writes a packet as an object on a line of its own. A key that repeats has an array for its value;
/// bytes that are not UTF-8 are read as Latin-1, since JSON cannot hold them as they are.
pub(crate) fn packet(out: &mut dyn Write, packet: &Packet) -> io::Result<()> {
    line(out, &Object(packet))
}

/// Writes an answer's packets as one object on a line of its own.
pub(crate) fn reply(out: &mut dyn Write, reply: &crate::Reply) -> io::Result<()> {
    let none = Packet::new();
    let items: Vec<Object<'_>> = reply.items.iter().map(Object).collect();
    let complete = reply.complete.as_ref().unwrap_or(&none);
    let is_list = reply.complete.is_some() || !reply.items.is_empty();
    let whole = Whole {
        response: Object(&reply.response),
        list: is_list.then_some((&items, Object(complete))),
    };
    line(out, &whole)
}

/// Writes named values as an object on a line of its own, in their order.
pub(crate) fn fields(out: &mut dyn Write, fields: &[(&str, Value)]) -> io::Result<()> {
    line(out, &Fields(fields))
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

struct Object<'a>(&'a Packet);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let packet = self.0;
        let mut map = serializer.serialize_map(None)?;
        for (at, (key, value)) in packet.iter().enumerate() {
            let is_first = !packet
                .iter()
                .take(at)
                .any(|(k, _)| k.eq_ignore_ascii_case(key));
            if !is_first {
                continue;
            }
            if packet.all(key).nth(1).is_some() {
                let values: Vec<String> = packet.all(key).map(readable).collect();
                map.serialize_entry(&readable(key), &values)?;
            } else {
                map.serialize_entry(&readable(key), &readable(value))?;
            }
        }
        map.end()
    }
}

struct Whole<'a> {
    response: Object<'a>,
    list: Option<(&'a Vec<Object<'a>>, Object<'a>)>,
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("response", &self.response)?;
        if let Some((items, complete)) = &self.list {
            map.serialize_entry("items", items)?;
            map.serialize_entry("complete", complete)?;
        }
        map.end()
    }
}

struct Fields<'a>(&'a [(&'a str, Value)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

fn readable(text: &str) -> String {
    text.chars()
        .map(|c| text::raw_byte(c).map_or(c, char::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_repeated_ones_are_arrays() {
        let packet = Packet::new()
            .with("Event", "Newchannel")
            .with("ChanVariable", "a=1")
            .with("Name", &text::decode(b"caf\xe9 \"x\""))
            .with("chanvariable", "b=2");
        let mut out = Vec::new();
        super::packet(&mut out, &packet).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"Event\":\"Newchannel\",\"ChanVariable\":[\"a=1\",\"b=2\"],\"Name\":\"café \\\"x\\\"\"}\n"
        );
    }

    #[test]
    fn an_answer_without_a_list_has_no_items() {
        let mut reply = crate::Reply {
            response: Packet::new().with("Response", "Success"),
            ..crate::Reply::default()
        };
        let mut out = Vec::new();
        super::reply(&mut out, &reply).unwrap();
        reply.items.push(Packet::new().with("Event", "Status"));
        reply.complete = Some(Packet::new().with("Event", "StatusComplete"));
        super::reply(&mut out, &reply).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"response\":{\"Response\":\"Success\"}}\n\
             {\"response\":{\"Response\":\"Success\"},\"items\":[{\"Event\":\"Status\"}],\
             \"complete\":{\"Event\":\"StatusComplete\"}}\n"
        );
    }
}
