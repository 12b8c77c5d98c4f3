//! What the switch tells: one file for each event, declared with [`derive@Event`].

pub mod bridging;
pub mod channel;
pub mod database;
pub mod dial;
pub mod dialplan;
pub mod group;
mod head;
mod list;
pub mod old;
pub mod pjsip;
pub mod record;
pub mod security;
pub mod session;
pub mod state;
pub mod system;

pub use ami_derive::Event;
pub use head::{Extra, Timestamp};
pub use list::{ALL, spec};

use crate::encode;
use crate::spec::{EventSpec, ItemSpec};

/// An event, or an item of a list, that can write itself.
///
/// Derived, from a struct whose fields are the lines of the event in their order:
///
/// - on the struct: `name = "…"` (otherwise the struct's own), `module = "…"` (otherwise `core`),
///   `class(call, …)` for the `Privilege` line; for what comes in lists `item` (ActionID second),
///   `item_id_last` (ActionID at the end) or `complete` (the end of a list), and `item_privilege = "…"`;
/// - on a field: `name = "…"` (otherwise the field's own in PascalCase), `empty = "…"` for what stands in
///   place of an empty value, `channel`, `bridge` or `security` for a [`group`], with its
///   `prefix = "…"`, `pairs` for a slice printed as `Key: name=value` lines, `free` for a slice of
///   headers. An `Option` that is `None` leaves its lines out; a channel marked `none` is then printed as
///   `Channel: none` and `Uniqueid: none`.
///
/// Lines are written led by the line end of the line before, so that line end, key and colon are one
/// constant; the packet's own end closes the last.
pub trait Event {
    /// The declaration as data.
    const SPEC: EventSpec;

    /// The first lines of the event, without the last line end.
    const HEAD: &'static str;

    /// The first lines of the item of a list, without the last line end.
    const ITEM_HEAD: &'static str;

    /// Appends the lines after the head, each led by the line end of its predecessor.
    fn write_body(&self, out: &mut Vec<u8>);

    /// Appends the whole event as everybody sees it.
    fn write(&self, out: &mut Vec<u8>, extra: &Extra<'_>) {
        out.extend_from_slice(Self::HEAD.as_bytes());
        extra.write(out);
        self.write_body(out);
        out.extend_from_slice(b"\r\n\r\n");
    }

    /// Appends the event as an item of a list, for the one who asked.
    fn write_item(&self, out: &mut Vec<u8>, action_id: &str) {
        let last = matches!(Self::SPEC.item, ItemSpec::ActionIdLast);
        out.extend_from_slice(Self::ITEM_HEAD.as_bytes());
        if !last {
            write_action_id(out, action_id);
        }
        if Self::SPEC.complete {
            out.extend_from_slice(b"\r\nEventList: Complete");
        }
        self.write_body(out);
        if last {
            write_action_id(out, action_id);
        }
        out.extend_from_slice(b"\r\n\r\n");
    }
}

/// An asker who gave no ActionID gets no such line.
fn write_action_id(out: &mut Vec<u8>, action_id: &str) {
    if !action_id.is_empty() {
        encode::led(out, "\r\nActionID: ", action_id);
    }
}

#[cfg(test)]
mod tests;
