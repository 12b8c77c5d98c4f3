//! Offers and answers of sound (RFC 3264), as one dialog makes them.
//!
//! An [`Exchange`] remembers what both sides said last. It makes our offers, answers theirs, reads their
//! answers, and says in [`media::session::Agreed`] what came of it. Only one line of sound is taken; other
//! lines are refused with port 0, in their places.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use media::codec::Codec;
use media::session::{Agreed, Means};

use crate::settings::{DtlsSetup, DtmfMode, Endpoint, MediaEncryption, OfferPref};

mod changed;
mod codecs;
mod crypto;
mod ours;
mod secured;
mod theirs;
mod ways;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod webrtc_tests;

pub use crypto::Secret;
use ours::Line;
use theirs::{Audio, Theirs};
pub use ways::Ways;

/// What an endpoint wants of its sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Wants {
    /// Codecs that it may use, the best first (`allow`).
    pub codecs: Vec<Codec>,
    /// Whether an answer names one codec only (`preferred_codec_only`).
    pub one_codec: bool,
    /// How digits travel (`dtmf_mode`).
    pub dtmf: DtmfMode,
    /// Whether packets are as long as they ask (`use_ptime`).
    pub their_packet: bool,
    /// Whether RTP and RTCP may share a port (`rtcp_mux`).
    pub rtcp_mux: bool,
    /// Whether sound goes where theirs comes from (`rtp_symmetric`).
    pub symmetric: bool,
    /// Whether sound is encrypted with keys that the description carries (`media_encryption=sdes`).
    pub sdes: bool,
    /// Whether it is encrypted with keys of a handshake (`media_encryption=dtls`).
    pub dtls: bool,
    /// Who begins that where we may say (`dtls_setup`). Our offers leave it to them (RFC 8842, 5.2).
    pub setup: DtlsSetup,
    /// Whether both sides look for each other (`ice_support`).
    pub ice: bool,
    /// Whether the profile with early feedback is offered (`use_avpf`, RFC 4585).
    pub feedback: bool,
    /// Whether our line may be bundled with others (RFC 9143), of which there are none.
    pub bundle: bool,
    /// Whether unencrypted sound will do where they know no other (`media_encryption_optimistic`).
    pub optimistic: bool,
    /// Whether the short tag is offered first (`srtp_tag_32`).
    pub tag_32: bool,
    /// The user in `o=` (`sdp_owner`).
    pub owner: String,
    /// What `s=` says (`sdp_session`).
    pub session: String,
    /// How long the far end may be silent without and with hold; zero for ever (`rtp_timeout`,
    /// `rtp_timeout_hold`).
    pub patience: [Duration; 2],
}

impl Wants {
    /// What an endpoint's options say.
    pub fn of(endpoint: &Endpoint) -> Wants {
        Wants {
            codecs: endpoint.allow.clone(),
            one_codec: endpoint.preferred_codec_only,
            dtmf: endpoint.dtmf_mode,
            their_packet: endpoint.use_ptime,
            rtcp_mux: endpoint.rtcp_mux,
            symmetric: endpoint.rtp_symmetric,
            sdes: endpoint.media_encryption == MediaEncryption::Sdes,
            dtls: endpoint.media_encryption == MediaEncryption::Dtls,
            setup: endpoint.dtls_setup,
            ice: endpoint.ice_support,
            feedback: endpoint.use_avpf,
            bundle: endpoint.webrtc || endpoint.bundle,
            optimistic: endpoint.media_encryption_optimistic,
            tag_32: endpoint.srtp_tag_32,
            owner: endpoint.sdp_owner.to_string(),
            session: endpoint.sdp_session.to_string(),
            patience: [endpoint.rtp_timeout, endpoint.rtp_timeout_hold],
        }
    }
}

/// Why a description is not taken. Each is answered 488 (RFC 3261, 13.3.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read.
    Unreadable,
    /// It has no line of sound that we may take: none at all, or another protocol.
    NoSound,
    /// No codec is known to both.
    NoCodec,
    /// It answers nothing that we offered.
    Unasked,
}

/// The descriptions of one dialog.
#[derive(Debug, Clone)]
pub struct Exchange {
    wants: Wants,
    /// Where we say that we listen.
    address: SocketAddr,
    /// Session number and version of `o=`.
    id: u64,
    version: u64,
    secret: Secret,
    /// What the plane can.
    means: Means,
    /// What we are known by in checks is another one with each of these (RFC 8445, 9).
    generation: u32,
    /// The name of our line in bundles (RFC 5888).
    mid: Option<String>,
    /// Lines in their order, ours and those refused; no line ever goes away (RFC 3264, 8).
    lines: Vec<Line>,
    /// What we said last, without its version.
    said: Option<sdp_types::Session>,
    /// Whether an offer of ours waits for its answer.
    offered: bool,
    /// Whose order of codecs our answers have.
    prefer: OfferPref,
    /// Which ways we want sound to go.
    ways: Ways,
    /// Payload types of this dialog, chosen by whoever offered first.
    types: Vec<(u8, Codec)>,
    /// Payload types of telephone events with their clocks.
    events: Vec<(u8, u32)>,
    agreed: Option<Agreed>,
    their_ways: Ways,
}

impl Exchange {
    /// Nothing was said yet. `id` is the session's number in `o=`, `secret` what our keys come of.
    pub fn new(wants: Wants, address: SocketAddr, id: u64, secret: Secret) -> Exchange {
        Exchange {
            types: codecs::payload_types(&wants.codecs),
            events: codecs::event_types(&wants.codecs, wants.dtmf),
            wants,
            address,
            id,
            version: id,
            secret,
            means: Means::default(),
            generation: 0,
            mid: None,
            lines: Vec::new(),
            said: None,
            offered: false,
            prefer: OfferPref::default(),
            ways: Ways::BOTH,
            agreed: None,
            their_ways: Ways::BOTH,
        }
    }

    /// The plane can this: without it there is neither handshake nor search.
    #[must_use]
    pub fn with_means(mut self, means: Means) -> Exchange {
        self.wants.dtls &= means.fingerprint.is_some();
        self.wants.ice &= means.ice;
        self.mid = self.wants.bundle.then(|| "0".to_owned());
        self.means = means;
        self
    }

    /// What both agreed on, if they have.
    pub fn agreed(&self) -> Option<&Agreed> {
        self.agreed.as_ref()
    }

    /// The codec that we send, if both have agreed.
    pub fn codec(&self) -> Option<Codec> {
        Some(self.agreed.as_ref()?.codecs.first()?.1)
    }

    /// Whether they hold us: they do not want to hear us (RFC 3264, 8.4).
    pub fn held(&self) -> bool {
        !self.their_ways.receive
    }

    /// Whether an offer of ours waits for its answer.
    pub fn is_open(&self) -> bool {
        self.offered
    }

    /// From the next offer on we hold them, or do not.
    pub fn hold(&mut self, held: bool) {
        self.ways.receive = !held;
    }

    /// Makes an offer. It is the one before where nothing changed.
    pub fn offer(&mut self) -> Vec<u8> {
        if !self.lines.iter().any(|line| matches!(line, Line::Sound)) {
            self.lines.push(Line::Sound);
        }
        self.offered = true;
        let session = ours::offer(self);
        self.say(session)
    }

    /// The offer was refused, or the dialog in which it was made is none: what was agreed before holds.
    pub fn withdraw(&mut self) {
        self.offered = false;
    }

    /// Answers their offer. What was agreed before holds where it is refused.
    pub fn answer(&mut self, offer: &[u8]) -> Result<Vec<u8>, Refused> {
        let theirs = Theirs::read(offer)?;
        let mut refused = Refused::NoSound;
        let mut taken = None;
        for (place, audio) in theirs.sounds() {
            // Who comes with other credentials begins the search anew, and so do we (RFC 8839, 4.4.1).
            let generation = self.generation + u32::from(self.restarts(audio));
            match self.match_up(audio, generation, false) {
                Ok(agreed) => {
                    self.generation = generation;
                    taken = Some((place, audio.clone(), agreed));
                    break;
                }
                Err(why) => refused = why,
            }
        }
        // A line of sound that they switch off in a running call is agreed to (RFC 3264, 8.2).
        let (place, audio, agreed) = match taken {
            Some(taken) => taken,
            None => match (self.agreed.clone(), theirs.switched_off()) {
                (Some(agreed), Some((place, audio))) => (place, audio.clone(), agreed),
                _ => return Err(refused),
            },
        };
        self.lines = theirs.lines(place);
        self.offered = false;
        self.their_ways = audio.ways;
        self.adopt(&audio, &agreed);
        let ways = self.ways.and(audio.ways.turned());
        let session = ours::answer(self, &audio, &agreed, ways);
        self.settle(agreed, ways);
        Ok(self.say(session))
    }

    /// Takes their answer to our offer.
    pub fn answered(&mut self, answer: &[u8]) -> Result<(), Refused> {
        if !self.offered {
            return Err(Refused::Unasked);
        }
        self.offered = false;
        let theirs = Theirs::read(answer)?;
        let sound = self
            .lines
            .iter()
            .position(|line| matches!(line, Line::Sound));
        let audio = sound
            .and_then(|place| theirs.sound_at(place))
            .ok_or(Refused::NoSound)?;
        let agreed = self.match_up(audio, self.generation, true)?;
        self.their_ways = audio.ways;
        self.adopt(audio, &agreed);
        let ways = self.ways.and(audio.ways.turned());
        self.settle(agreed, ways);
        Ok(())
    }

    fn settle(&mut self, agreed: Agreed, ways: Ways) {
        let somewhere = agreed.remote.is_some() || agreed.reaching.is_some();
        self.agreed = Some(Agreed {
            send: ways.send && somewhere,
            receive: ways.receive,
            ..agreed
        });
    }

    /// What both can do, of a line of theirs. `offered`: whether it answers an offer of ours.
    fn match_up(&self, audio: &Audio, generation: u32, offered: bool) -> Result<Agreed, Refused> {
        let securing = self.securing(audio, offered)?;
        let keys = match securing {
            Some(_) => None,
            None => self.keys(audio)?,
        };
        let reaching = self.reaching(audio, generation, offered);
        let mut codecs: Vec<(u8, Codec)> = Vec::new();
        for format in &audio.formats {
            let known = codecs::known(format).filter(|codec| self.wants.codecs.contains(codec));
            if let Some(codec) = known
                && !codecs.iter().any(|(_, other)| *other == codec)
            {
                codecs.push((format.payload_type, codec));
            }
        }
        // Where it is ours to answer, it is in the order that we prefer.
        if !offered {
            codecs = self.preferred(&codecs);
        }
        if self.wants.one_codec {
            codecs.truncate(1);
        }
        let clock = codecs::clock(codecs.first().ok_or(Refused::NoCodec)?.1);
        let wanted = codecs::by_events(self.wants.dtmf);
        let events = audio
            .events()
            .filter(|_| wanted)
            .find(|(_, rate)| *rate == clock)
            .or_else(|| audio.events().find(|_| wanted && clock != 8000))
            .map(|(payload_type, _)| payload_type);
        let remote = audio.address();
        Ok(Agreed {
            remote,
            remote_reports: audio.reports,
            shares_port: (self.shares_port() && audio.rtcp_mux)
                || (audio.reports.is_some() && audio.reports == remote),
            codecs,
            events,
            digits: self.wants.dtmf.digits(events.is_some()),
            packet: audio
                .packet
                .filter(|_| self.wants.their_packet)
                .unwrap_or(Duration::from_millis(20)),
            send: true,
            receive: true,
            symmetric: self.wants.symmetric,
            keys,
            securing,
            reaching,
            patience: self.wants.patience,
        })
    }

    /// From now on formats have the numbers that they gave them.
    fn adopt(&mut self, audio: &Audio, agreed: &Agreed) {
        if audio.mid.is_some() {
            self.mid.clone_from(&audio.mid);
        }
        for &(payload_type, codec) in &agreed.codecs {
            codecs::renumber(&mut self.types, payload_type, codec);
        }
        for (payload_type, clock) in audio.events() {
            codecs::renumber_events(&mut self.events, payload_type, clock);
        }
    }

    /// Puts a description into words; its version is another one only where it says something else.
    fn say(&mut self, session: sdp_types::Session) -> Vec<u8> {
        if let Some(before) = &self.said
            && *before != session
        {
            self.version += 1;
        }
        let mut versioned = session.clone();
        self.said = Some(session);
        versioned.origin.sess_version = self.version;
        let mut out = Vec::new();
        // Writing into memory does not fail.
        let _ = versioned.write(&mut out);
        out
    }
}

/// Whether an address stands for nowhere: what phones of old said to hold a call (RFC 2543).
fn is_nowhere(address: IpAddr) -> bool {
    address.is_unspecified()
}
