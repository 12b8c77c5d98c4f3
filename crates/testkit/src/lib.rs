//! What the tests of the other crates share.
//!
//! [`transcript`] plays a recorded client against a server and compares what the server says with what
//! was recorded. [`calls`] drives the engine with simulated phones on a clock that jumps.
#![forbid(unsafe_code)]

pub mod calls;
pub mod transcript;
