//! How much one peer may say at once. Whatever passes a limit is answered with a refusal that names it.

/// A line without its line end, in bytes. Asterisk cuts at 1,024, which truncates long `Variable` lines
/// of real clients; eight times that holds every value seen and keeps an unfinished line cheap.
pub const MAX_LINE: usize = 8 * 1024;

/// A packet's lines together, line ends included, in bytes. `UpdateConfig` with hundreds of changes is
/// the largest that clients send, some tens of kilobytes.
pub const MAX_PACKET: usize = 128 * 1024;

/// Headers in one packet. Asterisk stops at 128 and drops the rest in silence; `UpdateConfig` needs six
/// for each change.
pub const MAX_HEADERS: usize = 1024;

/// The limits that a [`Decoder`](crate::Decoder) holds its peer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a line, line end excluded.
    pub line: usize,
    /// Bytes of a packet, line ends included.
    pub packet: usize,
    /// Headers of a packet.
    pub headers: usize,
}

impl Limits {
    /// For what clients send to a switch.
    pub const REQUEST: Self = Self {
        line: MAX_LINE,
        packet: MAX_PACKET,
        headers: MAX_HEADERS,
    };

    /// For what a switch sends to a client that trusts it: a `Command` may print a million lines.
    pub const REPLY: Self = Self {
        line: 1024 * 1024,
        packet: 64 * 1024 * 1024,
        headers: 1024 * 1024,
    };
}
