//! The edges: listeners, TLS, the engine's thread and its clock.
#![forbid(unsafe_code)]

pub mod clock;
pub mod engine_thread;
pub mod listen;

mod tls;
