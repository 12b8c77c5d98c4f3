//! Calls: channels, bridges, Local pairs, device states and call records.
//!
//! Pure: no clock, no I/O, no lock, and nothing of AMI, SIP or files. The engine owns one [`Switch`],
//! calls it, and takes the [`fact::Fact`]s and signals that it leaves behind.
#![forbid(unsafe_code)]

pub mod bridge;
pub mod cdr;
pub mod channel;
pub mod device;
pub mod fact;
pub mod limits;
pub mod local;
pub mod mailbox;
pub mod message;
pub mod module;
pub mod presence;
pub mod signal;
pub mod sound;
pub mod variables;

mod bridging;
mod calls;
mod cause;
mod create;
mod devices;
mod hearing;
mod snapshot;
mod state;
mod switch;
mod taping;
mod time;
mod uuid;

pub use cause::Cause;
pub use create::{NewChannel, NoNewChannel};
pub use devices::Devices;
pub use hearing::Sounding;
pub use snapshot::{AmaFlags, Party, Presentation, Snapshot, Text};
pub use state::State;
pub use switch::{Farewell, Switch};
pub use taping::{NewTape, Side};
pub use time::Time;
pub use uuid::uuid;

/// A channel's number inside this process; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelId(pub u64);

/// A bridge's number inside this process; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BridgeId(pub u64);
