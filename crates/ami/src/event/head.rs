//! Lines that the switch's configuration adds to every event.

use crate::encode;

/// What stands between the privilege and the event's own lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extra<'a> {
    /// When it happened, for `timestampevents = yes`.
    pub timestamp: Option<Timestamp>,
    /// The switch's name, for `systemname` in `asterisk.conf`.
    pub system_name: Option<&'a str>,
}

/// A time since the epoch, printed as `1795418081.731373`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Whole seconds.
    pub seconds: u64,
    /// And microseconds, below a million.
    pub micros: u32,
}

impl Extra<'_> {
    /// No line at all, which is the default of a switch.
    pub const NONE: Self = Self {
        timestamp: None,
        system_name: None,
    };

    /// Appends the lines, each led by the line end of its predecessor.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        if let Some(timestamp) = &self.timestamp {
            encode::led(out, "\r\nTimestamp: ", timestamp);
        }
        if let Some(name) = self.system_name {
            encode::led(out, "\r\nSystemName: ", name);
        }
    }
}

impl encode::Value for Timestamp {
    const KIND: crate::spec::Kind = crate::spec::Kind::Text;

    fn write(&self, out: &mut Vec<u8>) {
        self.seconds.write(out);
        // Seven digits with a leading one, which the point then replaces: zeros come for free.
        let mut buffer = itoa::Buffer::new();
        let micros = buffer.format(1_000_000 + self.micros % 1_000_000);
        out.push(b'.');
        out.extend_from_slice(micros.as_bytes().get(1..).unwrap_or_default());
    }
}
