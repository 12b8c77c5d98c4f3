//! `core …`.

pub(super) mod applications;
pub(super) mod channels;
pub(super) mod codecs;
pub(super) mod control;
pub(super) mod functions;
pub(super) mod hints;
mod page;
pub(super) mod settings;
pub(super) mod uptime;
