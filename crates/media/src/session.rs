//! What two sides agreed on, and what was counted of it.

use std::net::SocketAddr;
use std::time::Duration;

use crate::codec::Codec;
use crate::dtls::Fingerprint;
use crate::ice::Candidate;
use crate::rtcp::{Course, Spread};

/// A pair of ports that a call uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub u64);

/// How both sides talk, as an offer and its answer say (RFC 3264).
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// Where their sound goes; `None` until they say.
    pub remote: Option<SocketAddr>,
    /// Where their reports go, where it is not the port after (RFC 3605, `a=rtcp`). Nothing where they share
    /// the sound's port.
    pub remote_reports: Option<SocketAddr>,
    /// Codecs that may come, each with its payload type; the first is what we send.
    pub codecs: Vec<(u8, Codec)>,
    /// Payload type of telephone events (RFC 4733).
    pub events: Option<u8>,
    /// How digits go to the far end and come from it.
    pub digits: Digits,
    /// How long a packet of ours is; 20 ms unless they asked for another.
    pub packet: Duration,
    /// Whether we send.
    pub send: bool,
    /// Whether we listen.
    pub receive: bool,
    /// Whether sound goes where theirs comes from rather than where they said (`rtp_symmetric`).
    pub symmetric: bool,
    /// Whether reports go over the sound's port (RFC 5761).
    pub shares_port: bool,
    /// Keys of SRTP (RFC 4568), ours and theirs.
    pub keys: Option<Keys>,
    /// How keys come of a handshake; until then nothing is sent or heard.
    pub securing: Option<Securing>,
    /// How the far end is looked for. Until it is found nothing is sent.
    pub reaching: Option<Reaching>,
    /// How long the far end may be silent without and with hold before the call counts as lost; zero for
    /// ever.
    pub patience: [Duration; 2],
}

/// How digits travel (`dtmf_mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    /// As telephone events (RFC 4733).
    #[default]
    Events,
    /// As tones in the sound.
    Tones,
    /// As events where the far end takes them, as tones otherwise.
    EventsOrTones,
    /// By SIP's INFO: nothing here.
    Signalled,
    /// Not at all.
    None,
}

/// What is there to secure calls and to find their far ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Means {
    /// The fingerprint of our certificate; without one there are no handshakes.
    pub fingerprint: Option<Fingerprint>,
    /// Whether far ends are looked for (`icesupport` of rtp.conf).
    pub ice: bool,
}

/// How keys are made by a handshake over the sound's port (RFC 5763).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Securing {
    /// Whether we begin it (`a=setup:active`).
    pub active: bool,
    /// The fingerprint of their certificate.
    pub fingerprint: Fingerprint,
}

/// How both sides find out where they reach each other (RFC 8445).
#[derive(Debug, Clone, PartialEq)]
pub struct Reaching {
    /// Whether we decide on the way.
    pub controlling: bool,
    /// What we are known by.
    pub ours: Credentials,
    /// What they are known by. Others than before begin everything anew.
    pub theirs: Credentials,
    /// Where they may be reached.
    pub candidates: Vec<Candidate>,
}

/// What proves whose check it is (`a=ice-ufrag`, `a=ice-pwd`).
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user's fragment.
    pub user: String,
    /// The password.
    pub password: String,
}

/// A log is no place for passwords.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Keys of SRTP: master key with salt, ours and theirs.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The suite by its name, such as `AES_CM_128_HMAC_SHA1_80`.
    pub suite: String,
    /// What we encrypt with.
    pub ours: Vec<u8>,
    /// What they encrypt with.
    pub theirs: Vec<u8>,
}

/// A log is no place for keys.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys")
            .field("suite", &self.suite)
            .finish_non_exhaustive()
    }
}

/// Where the sound of a session goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Our address.
    pub local: SocketAddr,
    /// Theirs: where it was last heard from, or where they said; `None` until they say.
    pub remote: Option<SocketAddr>,
    /// Whether it is encrypted.
    pub secure: bool,
    /// Whether they hold us: they do not want to hear anything.
    pub held: bool,
}

/// What was counted of a session.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Statistics {
    /// Our source number.
    pub ssrc: u32,
    /// Theirs; 0 where nothing came.
    pub their_ssrc: u32,
    /// Packets received and sent.
    pub packets: [u64; 2],
    /// Octets of sound received and sent.
    pub octets: [u64; 2],
    /// Packets lost on the way here, and on the way there as their reports say.
    pub lost: [u64; 2],
    /// Jitter here and there, in seconds.
    pub jitter: [f64; 2],
    /// Round trip in seconds; 0 where no report told.
    pub round_trip: f64,
    /// How it went here and there, from report to report.
    pub courses: [Course; 2],
    /// All round trips that reports told, in seconds.
    pub round_trips: Spread,
    /// Packets that came before there were keys to open them, and were dropped.
    pub early: u64,
}
