//! The script that calls run: extensions, patterns, variables, expressions, functions and applications.
//!
//! [`script`] is the language: it reads `extensions.conf` into a [`script::Plan`], finds the line that a
//! call runs next, and fills in `${ }` and `$[ ]`. [`function`] holds what may stand inside `${ }`, one
//! file each. Neither knows what a call is: a call shows itself to the language as a [`script::Scope`] and
//! to the functions as a [`function::Env`].
#![forbid(unsafe_code)]

pub mod app;
#[cfg(test)]
mod bench;
pub mod bridged;
pub mod call;
pub mod far;
mod forward;
pub mod function;
pub mod hint;
pub mod leg;
pub mod limits;
mod lookup;
pub mod mailbox;
pub mod message;
pub mod monitor;
pub mod optimize;
pub mod originate;
pub mod run;
pub mod scope;
pub mod script;
pub mod task;
pub mod timeout;
pub mod tones;
pub mod transfer;
pub mod world;

pub use lookup::{Hint, Hints};
