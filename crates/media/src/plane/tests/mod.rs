//! A plane with plain sockets of the test for phones. Nothing waits for a time: each waits for packets.

mod digits;
mod files;
mod mixed;
mod relay;
mod reports;
mod rig;
mod secured;
