//! The one writer: switch, dialplan and modules assembled behind [`Input`] and what it leaves behind.
//!
//! Pure: time is an argument, and whatever has to wait for the world outside is a question that somebody
//! else answers. Whoever owns an [`Engine`] hands it one [`Input`] after the other and takes away the facts,
//! the questions and the orders to drivers that have come about.
#![forbid(unsafe_code)]

pub mod request;

mod answer;
mod drivers;
mod engine;
mod input;
mod settings;

pub use dialplan::far;
pub use dialplan::far::Calling;
pub use dialplan::leg::FarEnd;
pub use dialplan::message;
pub use engine::{Engine, Start};
pub use input::{FromChannel, Incoming, Input, Reception};
pub use settings::Settings;
