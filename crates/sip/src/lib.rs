//! SIP: endpoints, registrar, digest, dialogs, offers and answers.
#![forbid(unsafe_code)]

pub mod call;
pub mod carrier;
pub mod contacts;
pub mod core;
pub mod cx;
pub mod digest;
pub mod directory;
pub mod driver;
pub mod limits;
pub mod reply;
pub mod sdp;
pub mod settings;
pub mod sound;
pub mod uri;
pub mod wire;
