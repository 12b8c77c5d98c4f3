//! What can be set about a connection.

use std::time::Duration;

use crate::limits;

/// How patient a client is, and how much it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How long connecting may take, the greeting included.
    pub connect_timeout: Duration,
    /// How long an answer may take, its list included.
    pub reply_timeout: Duration,
    /// How many events are kept for each reader that is slow; rounded up to a power of two,
    /// at most [`MAX_EVENTS`](limits::MAX_EVENTS).
    pub events: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect_timeout: limits::CONNECT_TIMEOUT,
            reply_timeout: limits::REPLY_TIMEOUT,
            events: limits::EVENTS,
        }
    }
}
