//! What may be said over the manager interface (AMI): packets, actions, events, permissions, refusals.
//!
//! Nothing here does input or output. A [`Decoder`] turns bytes into [`Packet`]s; an [`Action`] is a
//! packet's meaning; an [`Event`] writes itself; a [`reply::Reply`] answers. Each word of the protocol is
//! declared once, in a file of its own under [`action`] or [`event`], and its declaration is also the data
//! ([`spec`]) that help texts and reference pages are made of.
#![forbid(unsafe_code)]

// The derives write `::ami::…`, in this crate too.
extern crate self as ami;

pub mod action;
pub mod confirmation;
pub mod decode;
pub mod dialect;
pub mod encode;
pub mod event;
pub mod limits;
pub mod packet;
pub mod permission;
pub mod refusal;
pub mod reply;
pub mod spec;
#[cfg(test)]
mod test_files;

pub use action::Action;
pub use decode::Decoder;
pub use dialect::Dialect;
pub use event::Event;
pub use packet::Packet;
pub use permission::{EventMask, Permission};
