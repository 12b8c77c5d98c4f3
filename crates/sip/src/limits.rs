//! Every bound of the crate, each with its reason.

use std::time::Duration;

/// Longest message. A datagram cannot be longer; an offer with every codec and candidate is a tenth of it.
pub const MESSAGE: usize = 65_535;

/// Most header lines of a message. A call that went through ten proxies has some sixty.
pub const HEADERS: usize = 256;

/// Longest head of a message in a stream before its body: what never ends is cut here.
pub const HEAD: usize = 32_768;

/// Most server transactions at once. A thousand calls a second leave some 65,000 behind, each for 32
/// seconds, against retransmissions; past this a request is answered 503 and forgotten.
pub const SERVER_TRANSACTIONS: usize = 200_000;

/// Most client transactions at once; past this a request counts as not sent.
pub const CLIENT_TRANSACTIONS: usize = 100_000;

/// Most connections at once, and most from one address: each is a task and a buffer.
pub const CONNECTIONS: usize = 10_000;

/// See [`CONNECTIONS`]. Offices behind one address have hundreds of phones.
pub const CONNECTIONS_FROM_ONE: usize = 1_000;

/// Messages that may wait to be written to one connection; one that takes none is cut.
pub const WRITES: usize = 256;

/// Messages from the wire that may wait for the core; sockets are not read meanwhile.
pub const RECEIVED: usize = 4_096;

/// Orders that may wait for the core. It takes a hundred thousand in a second.
pub const ORDERS: usize = 262_144;

/// Inputs that may wait for an engine that takes none; past this nothing is read from the wire.
pub const INPUTS: usize = 65_536;

/// How long the engine may take to answer: as long as whoever asked us waits (RFC 3261, 17.1.2.2).
pub const ENGINE_PATIENCE: Duration = Duration::from_secs(32);

/// How long a connection without a message lives. Phones send an empty line every minute or two, and
/// register anew within the two hours that `maximum_expiration` gives them.
pub const IDLE: Duration = Duration::from_secs(7_500);

/// How long whoever connects has for a first message.
pub const FIRST: Duration = Duration::from_secs(30);

/// How long a message may take from its first byte to its last on a connection: the longest takes a second on
/// the slowest line that carries a call.
pub const SLOW: Duration = Duration::from_secs(30);

/// How long a step of a look-up may take that can be left out (NAPTR, SRV): some servers of names do not answer
/// such questions at all, and the address has to be asked for in the time that is left.
pub const OPTIONAL_LOOKUP: Duration = Duration::from_millis(1_500);

/// How long a look-up of a name may take.
pub const LOOKUP: Duration = Duration::from_secs(10);

/// Answers of the DNS that are kept, for as long as they may be, and addresses whose names we know.
pub const NAMES: u64 = 4_096;

/// Servers of one host that are tried.
pub const SERVERS: usize = 16;

/// Look-ups of names at once.
pub const LOOKUPS: usize = 256;

/// Nonces whose counts are kept: one for each phone that registers within a nonce's life.
pub const NONCES: usize = 65_536;

/// Addresses whose wrong answers are counted. Past this the ones that were quiet longest are forgotten.
pub const SUSPECTS: usize = 16_384;

/// Answers that are held back at once for those who guess; past this they get none.
pub const HELD: usize = 4_096;

/// Most contacts of an address of record, whatever pjsip.conf allows.
pub const CONTACTS: usize = 1_000;

/// Contacts in one REGISTER.
pub const CONTACTS_AT_ONCE: usize = 64;

/// Most subscriptions at once.
pub const SUBSCRIPTIONS: usize = 50_000;

/// OPTIONS whose extension is looked for at once; past this they are answered without.
pub const FINDING: usize = 4_096;

/// Longest text message that is taken: RFC 3428 allows 1300 bytes, relays often more.
pub const TEXT: usize = 16_384;

/// Most header lines that are handed to the engine of an INVITE.
pub const KEPT_HEADERS: usize = 64;

/// Memory of a compiled expression of pjsip.conf, in bytes: the file is the administrator's, and a slip in
/// it must not eat the machine.
pub const EXPRESSION: usize = 1 << 20;

/// Items of a list that somebody subscribes to: what fits a datagram with some hundred bytes each.
pub const LIST_ITEMS: usize = 100;

/// Messages that are kept where somebody wants to look at them, and the bytes of each: eight megabytes.
pub const HISTORY: usize = 1_000;

/// Most bytes of one of them.
pub const HISTORY_TEXT: usize = 8 * 1024;
