//! The client, the command line and the load generator against a small switch over loopback.

#[cfg(feature = "cli")]
mod cli;
mod client;
mod fake;
#[cfg(feature = "cli")]
mod load;
