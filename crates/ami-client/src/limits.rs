//! How much a client keeps. What packets may hold is in [`ami::limits`].

use std::time::Duration;

/// A greeting is some thirty bytes; whatever says this much without ending the line is no AMI.
pub const MAX_GREETING: usize = 256;

/// Requests that are sent and not answered. A switch that stopped answering is noticed here rather than
/// in the memory that its requests take.
pub const MAX_UNANSWERED: usize = 65_536;

/// Requests that wait for the socket; who sends more waits too.
pub const MAX_UNSENT: usize = 256;

/// Items of one list. Ten times what the largest switch has channels.
pub const MAX_ITEMS: usize = 1_000_000;

/// Events kept for a reader that is slow, unless [`Options`](crate::Options) say otherwise: a few
/// megabytes, or what a busy switch says in a second.
pub const EVENTS: usize = 8_192;

/// The most events that can be asked to be kept; their places are made in advance.
pub const MAX_EVENTS: usize = 1 << 20;

/// How long a connection may take, greeting included, unless [`Options`](crate::Options) say otherwise.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an answer may take, unless [`Options`](crate::Options) say otherwise. An Originate without
/// `Async` answers when somebody picks up, which takes 30 seconds by default.
pub const REPLY_TIMEOUT: Duration = Duration::from_secs(60);

/// Bytes taken off the socket at once.
pub const READ_SIZE: usize = 64 * 1024;

/// Requests that go out in one write when they come faster than the socket takes them.
pub const BATCH: usize = 64;
