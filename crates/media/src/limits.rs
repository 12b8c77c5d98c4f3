//! Every bound of this crate, with its reason.

use std::ops::RangeInclusive;
use std::time::Duration;

/// Octets of a datagram that we read. Ethernet's 1500 hold any sound of 60 ms; a longer one is cut, does not
/// parse and is dropped.
pub const DATAGRAM: usize = 2_048;

/// Datagrams taken from one socket before the others have their turn: a flood costs its own call first.
pub const DATAGRAMS_AT_ONCE: usize = 64;

/// Packets that a jitter buffer holds: a second of 20 ms packets. What is older goes.
pub const JITTER_PACKETS: usize = 50;

/// The longest that a jitter buffer waits before it plays. More is heard as a delay by both sides.
pub const JITTER_DELAY: Duration = Duration::from_millis(200);

/// The least: two packets of the common length.
pub const JITTER_LEAST: Duration = Duration::from_millis(40);

/// Missing packets that are concealed one by one; where more are missing, play goes on behind the gap.
pub const CONCEALED: u64 = 5;

/// Digits that wait to be sent to one far end: more than any number has.
pub const DIGITS: usize = 64;

/// The longest single digit. A key that is stuck, or an end that never comes, must end.
pub const DIGIT_SPAN: Duration = Duration::from_secs(10);

/// Channels that have orders but no session: those whose session is not attached yet, and those whose session
/// was closed. Beyond this the one longest without is forgotten: it is long gone.
pub const CHANNELS_WAITING: usize = 20_000;

/// Sources in one mix.
pub const SOURCES: usize = 512;

/// Recordings of one channel.
pub const RECORDINGS: usize = 32;

/// Files in one play.
pub const FILES: usize = 1_024;

/// Plays whose beginning is remembered while nobody hears them, so that they go on where they would be.
pub const PLAYS: usize = 4_096;

/// Sound read ahead of what is heard, so that a slow disk is not heard.
pub const READ_AHEAD: Duration = Duration::from_millis(800);

/// Blocks of sound (20 ms each) that wait for the writer's disk before they are dropped and counted.
pub const BLOCKS_TO_WRITE: usize = 16_384;

/// Orders to read sound that wait for the reader. Who finds it full asks again at its next tick.
pub const READS: usize = 4_096;

/// Tones in one list, after which the rest is refused.
pub const TONES: usize = 256;

/// Music files of one class.
pub const MUSIC_FILES: usize = 4_096;

/// Ticks (20 ms each) that a mixing thread makes up for when it was kept away; more are skipped, for sound
/// that comes in a burst is of no use to anybody.
pub const TICKS_BEHIND: u64 = 5;

/// Report blocks of one RTCP packet that are passed on; the packet's own bound (RFC 3550, 6.4.1).
pub const REPORT_BLOCKS: usize = 31;

/// Chunks of a WAV file that are passed over in search of its sound.
pub const WAV_CHUNKS: usize = 64;

/// Channels of a WAV file, which are mixed into one.
pub const WAV_CHANNELS: u16 = 8;

/// Samples a second that a WAV file may have: as Asterisk's `sln` files.
pub const WAV_RATE: std::ops::RangeInclusive<u32> = 4_000..=192_000;

/// How far apart our reports may be, in milliseconds. Closer ones cost more than they tell, and of rarer ones
/// the far end's clocks make nothing.
pub const REPORT_INTERVAL: RangeInclusive<u64> = 500..=60_000;

/// How long a telephone event may go without a packet, in 8000ths of a second: at least one packet's time, at
/// most that of the longest digit.
pub const DIGIT_PATIENCE: RangeInclusive<u64> = 160..=80_000;

/// Sources whose packets we decrypt in one session. A far end has one, and another after each change of it.
pub const ENCRYPTED_SOURCES: usize = 8;

/// Packets shown in a second where somebody looks for a fault: those of five calls. Whoever wants to see all
/// of many has better means, and the log must not hold up the threads that carry sound.
pub const SHOWN_A_SECOND: usize = 500;

/// Addresses where a far end may be, in one description. A laptop with its networks and tunnels has a dozen.
pub const CANDIDATES: usize = 32;

/// How far apart we look whether a check is due while none is known of.
pub const CHECKS_APART: Duration = Duration::from_secs(1);

/// Octets of our packets of a handshake, under what any network carries.
pub const DTLS_PACKET: usize = 1_150;

/// Octets that one record of a handshake may have.
pub const DTLS_RECORD: usize = 16_640;

/// How long we wait before we say the words of a handshake again (RFC 9147, 5.8.2; RFC 6347 has a second,
/// which a caller hears).
pub const DTLS_PATIENCE: Duration = Duration::from_millis(400);

/// How often we say them again, each time after twice as long.
pub const DTLS_RETRIES: usize = 5;

/// How long far end and keys may take to be found from the moment that both agreed. What somebody would wait
/// for in silence is shorter.
pub const SECURING: Duration = Duration::from_secs(30);
