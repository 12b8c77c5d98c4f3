//! Answers the manager interface: who may connect, who may do what, who sees which event.
//!
//! A session's bytes become packets (crate `ami`), packets become calls of the handlers in `action`,
//! and their [`Reply`](reply::Reply)s become bytes again. What happens in the switch comes the other way:
//! `tell` makes events of facts, the `fanout` gives each to the views that may see it, and every session
//! reads its view with a cursor of its own.
//!
//! No sockets and no threads are made here; crate `net` brings both.
#![forbid(unsafe_code)]

pub mod acl;
pub mod authenticate;
pub mod connection;
pub mod engine;
pub mod filter;
pub mod host;
pub mod limits;
pub mod peer;
pub mod reply;
pub mod settings;
pub mod user;

mod action;
mod fanout;
mod manager;
mod register;
mod rendered;
mod security;
mod session;
mod tell;
#[cfg(test)]
mod testing;

pub use manager::{Manager, Teller};
pub use register::{Connected, Refused};
pub use rendered::Style;
pub use tell::{CdrSettings, Settings as EventSettings, cel};
