//! The daemon as a process: its console, its exit codes, its files and its signals.
//!
//! A switch is started as systemd would, so a test knows by its datagrams how far it has got and never has
//! to wait for a time.

#![expect(
    clippy::unwrap_used,
    reason = "what does not hold here is a failed test"
)]

mod background;
mod embedded;
mod manager;
mod reload;
mod remote;
mod survival;
mod switch;
mod transcripts;
