//! Reports (RFC 3550, 6): what was received, by its appendices A.3 and A.8, and what each side says of it.

mod count;
mod course;
mod packet;

pub use count::Received;
pub use course::{Course, Spread, opinion};
pub use packet::{Block, Parsed, Report, Sending, parse, write};

/// NTP's 64 bits as its middle 32, which is how reports name each other (RFC 3550, 4).
pub fn middle(ntp: u64) -> u32 {
    (ntp >> 16) as u32
}

/// NTP's 64 bits of a time since the Unix epoch.
pub fn ntp(since_epoch: std::time::Duration) -> u64 {
    /// Seconds from 1900 to 1970.
    const EPOCH: u64 = 2_208_988_800;
    let fraction = (u64::from(since_epoch.subsec_nanos()) << 32) / 1_000_000_000;
    ((since_epoch.as_secs() + EPOCH) << 32) | fraction
}
