//! Keys of SRTP by a handshake over the sound's own port (DTLS-SRTP, RFC 5763 and RFC 5764).
//!
//! Nobody signs the certificates: each side says the fingerprint of its own in SDP, and whoever shows another
//! one is somebody else.

mod fingerprint;
mod identity;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dimpl::{Dtls, Output, SrtpProfile};

pub use fingerprint::Fingerprint;
pub use identity::Identity;

use crate::limits;
use crate::session::{Keys, Securing};

/// Why there are no keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The far end has another certificate than its description says.
    Fingerprint,
    /// The handshake came to no end in time.
    Timeout,
    /// Both sides have nothing in common, or the far end breaks the protocol.
    Protocol,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Failure::Fingerprint => {
                "the far end's certificate is not the one whose fingerprint it said"
            }
            Failure::Timeout => "the handshake for its keys came to no end in time",
            Failure::Protocol => "the handshake for its keys failed",
        })
    }
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// This is to be sent.
    Send(Vec<u8>),
    /// The far end is who it said, and these are the keys.
    Keys(Keys),
    /// There will be none.
    Failed(Failure),
}

/// One handshake. It has no socket and no clock: what came and the time are handed in, [`Handshake::step`]
/// says what follows. It lives as long as the call, for the far end may not have heard our last words.
pub struct Handshake {
    dtls: Dtls,
    /// The moment that the times handed in count from.
    epoch: Instant,
    active: bool,
    theirs: Fingerprint,
    known: bool,
    keys: Option<(dimpl::KeyingMaterial, SrtpProfile)>,
    done: bool,
    failed: Option<Failure>,
    told: bool,
    buffer: Vec<u8>,
}

impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handshake")
            .field("active", &self.active)
            .field("done", &self.done)
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

impl Handshake {
    /// Begins, as both agreed on. `now` is the time since the program's own beginning, as all times here.
    pub fn new(identity: &Identity, securing: &Securing, now: Duration) -> Handshake {
        let epoch = Instant::now();
        let certificate = identity.certificate();
        let at = epoch + now;
        // A client's first words are in the older version, which every phone understands, and in which the
        // newer adds nothing that a call would notice. As a server we take either.
        let dtls = match securing.active {
            true => {
                let mut dtls = Dtls::new_12(Arc::clone(identity.config()), certificate, at);
                dtls.set_active(true);
                dtls
            }
            false => Dtls::new_auto(Arc::clone(identity.config()), certificate, at),
        };
        let mut handshake = Handshake {
            dtls,
            epoch,
            active: securing.active,
            theirs: securing.fingerprint.clone(),
            known: false,
            keys: None,
            done: false,
            failed: None,
            told: false,
            buffer: vec![0; limits::DATAGRAM],
        };
        handshake.tick(now);
        handshake
    }

    /// Whether it has made keys.
    pub fn has_keys(&self) -> bool {
        self.told && self.failed.is_none()
    }

    /// Takes a record of the far end.
    pub fn take(&mut self, datagram: &[u8], now: Duration) {
        if self.failed.is_some() {
            return;
        }
        let taken = self
            .dtls
            .handle_timeout(self.epoch + now)
            .and_then(|()| self.dtls.handle_packet(datagram));
        self.note(taken);
    }

    /// The time goes on: what had no answer is said again.
    pub fn tick(&mut self, now: Duration) {
        if self.failed.is_none() {
            let ticked = self.dtls.handle_timeout(self.epoch + now);
            self.note(ticked);
        }
    }

    /// What follows of what came; `None` where nothing does for now.
    pub fn step(&mut self) -> Option<Step> {
        loop {
            if let Some(failure) = self.failed {
                let told = std::mem::replace(&mut self.told, true);
                return (!told).then_some(Step::Failed(failure));
            }
            match self.dtls.poll_output(&mut self.buffer) {
                Output::Packet(packet) => return Some(Step::Send(packet.to_vec())),
                Output::BufferTooSmall { needed } if needed <= limits::DTLS_RECORD => {
                    self.buffer.resize(needed, 0);
                }
                Output::BufferTooSmall { .. } => self.failed = Some(Failure::Protocol),
                Output::PeerCert(certificate) => match self.theirs.is_of(certificate) {
                    true => self.known = true,
                    false => self.failed = Some(Failure::Fingerprint),
                },
                Output::KeyingMaterial(material, profile) => self.keys = Some((material, profile)),
                Output::Connected => self.done = true,
                // RFC 5764, 4.1: nothing but the handshake travels here.
                Output::ApplicationData(_) | Output::CloseNotify => {}
                Output::Timeout(_) => return self.finished(),
                _ => {}
            }
        }
    }

    fn finished(&mut self) -> Option<Step> {
        if !self.done {
            return None;
        }
        let told = std::mem::replace(&mut self.told, true);
        if told {
            return None;
        }
        let keys = self
            .keys
            .take()
            .filter(|_| self.known)
            .and_then(|(material, profile)| keys(&material, profile, self.active));
        Some(match keys {
            Some(keys) => Step::Keys(keys),
            None => {
                self.failed = Some(Failure::Protocol);
                Step::Failed(Failure::Protocol)
            }
        })
    }

    fn note(&mut self, result: Result<(), dimpl::Error>) {
        match result {
            Ok(()) => {}
            // What goes wrong behind the handshake does not concern the keys.
            Err(_) if self.done => {}
            Err(dimpl::Error::Timeout(_)) => self.failed = Some(Failure::Timeout),
            Err(why) => {
                tracing::debug!("a handshake failed: {why:?}");
                self.failed = Some(Failure::Protocol);
            }
        }
    }
}

/// RFC 5764, 4.2: the client's key, the server's key, the client's salt, the server's salt.
fn keys(material: &[u8], profile: SrtpProfile, active: bool) -> Option<Keys> {
    let (suite, key, salt) = match profile {
        SrtpProfile::AES128_CM_SHA1_80 => ("AES_CM_128_HMAC_SHA1_80", 16, 14),
        SrtpProfile::AEAD_AES_128_GCM => ("AEAD_AES_128_GCM", 16, 12),
        SrtpProfile::AEAD_AES_256_GCM => ("AEAD_AES_256_GCM", 32, 12),
        _ => return None,
    };
    let (keys, salts) = material.split_at_checked(2 * key)?;
    let ((client, server), (client_salt, server_salt)) =
        (keys.split_at(key), salts.split_at_checked(salt)?);
    let client = [client, client_salt].concat();
    let server = [server, server_salt.get(..salt)?].concat();
    let (ours, theirs) = match active {
        true => (client, server),
        false => (server, client),
    };
    Some(Keys {
        suite: suite.to_owned(),
        ours,
        theirs,
    })
}
