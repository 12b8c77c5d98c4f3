//! The control socket: how a console in another process reaches the switch.

pub(crate) mod client;
mod frame;
pub(crate) mod server;
pub(crate) mod terminal;
