//! The one writer: switch, dialplan and modules assembled behind [`Input`] and what it leaves behind.
//!
//! Pure: time is an argument, and whatever has to wait for the world outside is a question that somebody
//! else answers. Whoever owns an [`Engine`] hands it one [`Input`] after the other and takes away the facts,
//! the questions and the orders to drivers that have come about.
#![forbid(unsafe_code)]

pub mod request;

mod answer;
mod engine;
mod settings;

pub use engine::{Engine, FromChannel, Input, Start};
pub use settings::Settings;
