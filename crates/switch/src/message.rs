//! Text messages outside of calls.

use crate::{Text, limits};

/// A text message, as the dialplan reads it and makes one of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// To whom, such as `pjsip:6002@example.org`.
    pub to: Text,
    /// From whom, such as `"Alice" <sip:6001@example.org>`.
    pub from: Text,
    /// The text.
    pub body: Text,
    /// What came with it: the headers of the technology.
    data: Vec<Datum>,
}

/// Something that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Datum {
    name: Text,
    value: Text,
    /// Whether it is sent on with the message.
    outbound: bool,
}

impl Message {
    /// Notes what came with the message; it is not sent on. Past [`limits::MESSAGE_DATA`] it is left out.
    pub fn came_with(&mut self, name: Text, value: Text) {
        self.put(name, value, false);
    }

    /// Has something sent with the message, in place of what is there under this name; nothing if the value is
    /// empty. False where there is no room.
    pub fn send_with(&mut self, name: &str, value: &str) -> bool {
        self.data
            .retain(|datum| !datum.name.eq_ignore_ascii_case(name));
        value.is_empty() || self.put(name.into(), value.into(), true)
    }

    /// Has all that came with the message sent on (`true`), or nothing.
    pub fn set_outbound(&mut self, outbound: bool) {
        for datum in &mut self.data {
            datum.outbound = outbound;
        }
    }

    /// What goes with the message under this name, in any case.
    pub fn datum(&self, name: &str) -> Option<&Text> {
        let mut data = self.data.iter();
        data.find(|datum| datum.name.eq_ignore_ascii_case(name))
            .map(|datum| &datum.value)
    }

    /// What is sent with the message, in order.
    pub fn outbound(&self) -> Vec<(Text, Text)> {
        let sent = self.data.iter().filter(|datum| datum.outbound);
        sent.map(|datum| (datum.name.clone(), datum.value.clone()))
            .collect()
    }

    fn put(&mut self, name: Text, value: Text, outbound: bool) -> bool {
        let room = self.data.len() < limits::MESSAGE_DATA;
        if room {
            self.data.push(Datum {
                name,
                value,
                outbound,
            });
        }
        room
    }
}
