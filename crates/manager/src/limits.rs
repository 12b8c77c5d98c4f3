//! How much one client, and all of them, may take. What the packets themselves may hold is in
//! [`ami::limits`].

use std::time::Duration;

/// How far behind the newest event a session may fall before it is told and cut, in bytes of its view.
/// At 350 bytes an event and 10,000 events a second that is four seconds; views share what they keep,
/// so a hundred slow readers of one view cost this once.
pub const MAX_BEHIND: u64 = 16 * 1024 * 1024;

/// How far behind a session may be, in bytes, before it slows those who send user events, if it is
/// [`LIVELY`]. A quarter of [`MAX_BEHIND`], since what is under way comes on top.
pub const PRESSED: u64 = MAX_BEHIND / 4;

/// How recently a session must have taken events to be one that reads as fast as it can. It takes
/// [`MAX_UNREAD_REPLIES`] at a time, so this means about 5 MB/s; whoever is slower is on its own.
pub const LIVELY: Duration = Duration::from_millis(50);

/// How long a sender of user events waits at most for readers, at each [`MAX_UNANSWERED`]th event.
pub const MAX_PRESSED: Duration = Duration::from_secs(1);

/// Bytes of replies that may wait in a session for its client to read. Past it no more requests are
/// taken off the socket, so a client that never reads stalls only itself.
pub const MAX_UNREAD_REPLIES: usize = 256 * 1024;

/// Bytes taken off a socket at once; the buffer is the thread's, not the session's.
pub const READ_SIZE: usize = 32 * 1024;

/// Pieces handed to the socket in one write; the kernel takes 1,024 at most and gains little past this.
pub const MAX_PIECES: usize = 64;

/// Requests that one session may have answered before others get their turn.
pub const MAX_TURN: usize = 256;

/// How long a refused login waits for its answer, so that guessing secrets takes time.
pub const REFUSAL_DELAY: Duration = Duration::from_secs(1);

/// How long nothing follows the answer to a login: clients throw away what shares a read with it. It ends
/// with the client's next request.
pub const QUIET_AFTER_LOGIN: Duration = Duration::from_millis(10);

/// Sessions that are logged in. Ten thousand are what a large site has; more is a client that leaks
/// connections.
pub const MAX_SESSIONS: usize = 20_000;

/// How much of `authlimit` is kept from any one address, as a divisor: with 50 connections that have not
/// logged in, one address holds 45 at most, so it cannot lock the others out. More would refuse dialers
/// that open all their connections before they log in on the first.
pub const ADDRESS_RESERVE: usize = 10;

/// Filters of one session, its user's own included. Each costs a test for each event.
pub const MAX_FILTERS: usize = 128;

/// Bytes that a filter's compiled pattern may take. Patterns come from clients; the usual take a tenth.
pub const MAX_PATTERN: usize = 512 * 1024;

/// How long a client may take nothing at all of what is written to it (`writetimeout` says otherwise).
/// Asterisk's tenth of a second cuts clients off that merely collect garbage; memory is guarded by
/// [`MAX_BEHIND`], so this only has to find the dead.
pub const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// Orders that one session may give to the engine before it waits for an answer.
pub const MAX_UNANSWERED: u32 = 64;
