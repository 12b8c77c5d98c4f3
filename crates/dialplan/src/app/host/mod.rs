//! The world outside, and the log.

pub mod dbdeltree;
pub mod dumpchan;
pub mod log;
pub mod system;
pub mod trysystem;
pub mod verbose;
