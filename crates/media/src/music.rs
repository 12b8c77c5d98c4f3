//! Music on hold: the classes of `musiconhold.conf` and what they play.

mod class;
mod player;
#[cfg(test)]
mod tests;

pub use class::{Class, Sort};
pub use player::Player;
