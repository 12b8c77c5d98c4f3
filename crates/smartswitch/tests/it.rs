//! The daemon as a process: its console, its exit codes, its files and its signals.
//!
//! A switch is started as systemd would, so a test knows by its datagrams how far it has got and never has
//! to wait for a time.

#[path = "it/background.rs"]
mod background;
#[path = "it/embedded.rs"]
mod embedded;
#[path = "it/manager.rs"]
mod manager;
#[path = "it/reload.rs"]
mod reload;
#[path = "it/remote.rs"]
mod remote;
#[path = "it/survival.rs"]
mod survival;
#[path = "it/switch.rs"]
mod switch;
