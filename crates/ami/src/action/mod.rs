//! What may be asked: one file for each action, declared with [`derive@Action`].

pub mod bridging;
pub mod channel;
pub mod config;
pub mod database;
pub mod dialplan;
mod list;
pub mod mailbox;
pub mod message;
pub mod pjsip;
pub mod session;
pub mod state;
pub mod system;

pub use ami_derive::Action;
pub use list::{ALL, spec};

use crate::Packet;
use crate::spec::ActionSpec;

/// The meaning of a request's packet.
///
/// Derived, from a struct of `String` fields (a header that may come once, `""` when it did not: the
/// protocol treats absent and empty alike), `Vec<String>` fields (a header that may repeat) and at most
/// one `Vec<(String, String)>` marked `rest`:
///
/// - on the struct: `name = "…"` (otherwise the struct's own), `module = "…"` (otherwise `core`),
///   `privilege(system, call)`, and for an action that answers with a list `items("…")` and
///   `complete = "…"`, the events that it is made of and that ends it;
/// - on a field: `name = "…"` (otherwise the field's own in PascalCase), `required`, `values("…")`,
///   `rest` for all headers but `Action` and those named by other fields.
pub trait Action: Sized {
    /// The declaration as data.
    const SPEC: ActionSpec;

    /// Reads the action's headers. The name is not looked at, and nothing is refused here: which words
    /// are wrong, and in what order they are complained about, is the behaviour's to say.
    fn decode(packet: &Packet) -> Self;

    /// Appends `Action` and the headers that are not empty.
    fn encode(&self, packet: &mut Packet);

    /// The action as a packet of its own.
    fn to_packet(&self) -> Packet {
        let mut packet = Packet::new();
        self.encode(&mut packet);
        packet
    }
}

#[cfg(test)]
mod tests;
