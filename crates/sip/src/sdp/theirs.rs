//! What the far end says, read.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use media::dtls::Fingerprint;
use media::ice::Candidate;
use media::session::Credentials;
use sdp_types::{Media, Session};

use super::crypto::Crypto;
use super::ours::Line;
use super::{Refused, Ways, is_nowhere};

/// Lines that one description may have: nothing that a phone says comes near.
const MAX_LINES: usize = 32;

/// A description of theirs.
pub(super) struct Theirs {
    media: Vec<Media>,
    /// The lines of sound among them, by their places.
    audio: Vec<(usize, Audio)>,
}

/// A line of sound.
#[derive(Debug, Clone)]
pub(super) struct Audio {
    /// Whether its protocol is RTP in the open, perhaps with keys beside it.
    pub(super) plain: bool,
    /// Whether its protocol is SRTP.
    pub(super) secure: bool,
    /// The fingerprint of their certificate, where keys come of a handshake.
    pub(super) fingerprint: Option<Fingerprint>,
    /// Who begins that.
    pub(super) setup: Option<Setup>,
    /// What proves whose checks are theirs.
    pub(super) credentials: Option<Credentials>,
    /// Where they may be reached.
    pub(super) candidates: Vec<Candidate>,
    /// The name of the line.
    pub(super) mid: Option<String>,
    /// Whether it is in a bundle.
    pub(super) bundled: bool,
    /// The protocol by its name.
    pub(super) protocol: String,
    pub(super) formats: Vec<Format>,
    pub(super) ways: Ways,
    pub(super) packet: Option<Duration>,
    pub(super) rtcp_mux: bool,
    /// Where reports go, where they say so.
    pub(super) reports: Option<SocketAddr>,
    pub(super) crypto: Vec<Crypto>,
    ip: Option<IpAddr>,
    port: u16,
}

/// Who begins a handshake (`a=setup`, RFC 4145).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setup {
    /// They do.
    Active,
    /// We do.
    Passive,
    /// Whoever wants to.
    Either,
    /// Nobody for now.
    Hold,
}

impl Setup {
    fn read(text: &str) -> Option<Setup> {
        Some(match text.trim().to_ascii_lowercase().as_str() {
            "active" => Setup::Active,
            "passive" => Setup::Passive,
            "actpass" => Setup::Either,
            "holdconn" => Setup::Hold,
            _ => return None,
        })
    }
}

/// A format of a line of sound.
#[derive(Debug, Clone)]
pub(super) struct Format {
    pub(super) payload_type: u8,
    /// Its name; `None` where only the number tells.
    pub(super) encoding: Option<String>,
    pub(super) clock: u32,
    pub(super) channels: u8,
}

impl Theirs {
    pub(super) fn read(body: &[u8]) -> Result<Theirs, Refused> {
        let session = Session::parse(body).map_err(|_| Refused::Unreadable)?;
        if session.medias.len() > MAX_LINES {
            return Err(Refused::Unreadable);
        }
        let audio = session
            .medias
            .iter()
            .enumerate()
            .filter(|(_, media)| media.media.eq_ignore_ascii_case("audio"))
            .map(|(place, media)| (place, Audio::read(&session, media)))
            .collect();
        Ok(Theirs {
            media: session.medias,
            audio,
        })
    }

    /// Lines of sound that are not switched off, with their places.
    pub(super) fn sounds(&self) -> impl Iterator<Item = (usize, &Audio)> {
        let on = |(_, audio): &&(usize, Audio)| audio.port != 0;
        self.audio
            .iter()
            .filter(on)
            .map(|(place, audio)| (*place, audio))
    }

    /// The line of sound in a place, if it is not refused.
    pub(super) fn sound_at(&self, place: usize) -> Option<&Audio> {
        self.sounds()
            .find(|(at, _)| *at == place)
            .map(|(_, audio)| audio)
    }

    /// The first line of sound, where it is switched off.
    pub(super) fn switched_off(&self) -> Option<(usize, &Audio)> {
        let (place, audio) = self.audio.first()?;
        (audio.port == 0).then_some((*place, audio))
    }

    /// All lines in order, where the one in this place is taken.
    pub(super) fn lines(&self, sound: usize) -> Vec<Line> {
        let line = |(place, media): (usize, &Media)| match place == sound {
            true => Line::Sound,
            false => Line::Refused {
                media: media.media.clone(),
                protocol: media.proto.clone(),
                formats: media.fmt.clone(),
                mid: attribute(media, "mid").map(str::to_owned),
            },
        };
        self.media.iter().enumerate().map(line).collect()
    }
}

impl Audio {
    fn read(session: &Session, media: &Media) -> Audio {
        let connection = media.connections.first().or(session.connection.as_ref());
        let ip = connection.and_then(|c| c.try_address().ok()).map(|a| a.ip);
        let protocol = media.proto.to_ascii_uppercase();
        let value = |name: &'static str| attribute(media, name);
        // What holds for the whole session may be said once, before all lines.
        let either = |name: &'static str| {
            let whole = || session.get_first_attribute_value(name).flatten();
            value(name).or_else(whole)
        };
        let credentials = credentials(either("ice-ufrag"), either("ice-pwd"));
        let mid = value("mid").map(str::to_owned);
        let has = |name: &str| media.has_attribute(name);
        let mut ways = direction(has)
            .or_else(|| direction(|name| session.has_attribute(name)))
            .unwrap_or(Ways::BOTH);
        // Who is looked for may be nowhere yet.
        let held = ip.is_some_and(is_nowhere) && credentials.is_none();
        if held || media.port == 0 {
            ways.receive = false;
        }
        Audio {
            plain: matches!(protocol.as_str(), "RTP/AVP" | "RTP/AVPF"),
            secure: matches!(protocol.as_str(), "RTP/SAVP" | "RTP/SAVPF"),
            fingerprint: either("fingerprint").and_then(Fingerprint::parse),
            setup: either("setup").and_then(Setup::read),
            candidates: match credentials {
                Some(_) => candidates(media),
                None => Vec::new(),
            },
            credentials,
            bundled: mid.as_deref().is_some_and(|mid| is_bundled(session, mid)),
            mid,
            protocol: media.proto.clone(),
            formats: formats(media),
            ways,
            packet: value("ptime")
                .and_then(|text| text.trim().parse::<u64>().ok())
                .filter(|ms| (10..=200).contains(ms))
                .map(Duration::from_millis),
            rtcp_mux: has("rtcp-mux"),
            reports: value("rtcp").and_then(|text| reports(text, ip)),
            crypto: media
                .get_attribute_values("crypto")
                .flatten()
                .filter_map(Crypto::read)
                .collect(),
            ip: ip.filter(|ip| !is_nowhere(*ip)),
            port: media.port,
        }
    }

    /// Where their sound goes; `None` where they want none or do not say.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        (self.port != 0).then_some(SocketAddr::new(self.ip?, self.port))
    }

    /// Whether the line is switched off.
    pub(super) fn is_off(&self) -> bool {
        self.port == 0
    }

    /// Numbers of telephone events with their clocks.
    pub(super) fn events(&self) -> impl Iterator<Item = (u8, u32)> {
        let event = |format: &&Format| {
            let name = format.encoding.as_deref();
            name.is_some_and(|name| name.eq_ignore_ascii_case("telephone-event"))
        };
        let number = |format: &Format| (format.payload_type, format.clock);
        self.formats.iter().filter(event).map(number)
    }
}

fn attribute<'a>(media: &'a Media, name: &'a str) -> Option<&'a str> {
    media.get_first_attribute_value(name).flatten()
}

/// RFC 8839, 5.4: 4 to 256 octets, and 22 to 256.
fn credentials(user: Option<&str>, password: Option<&str>) -> Option<Credentials> {
    let (user, password) = (user?.trim(), password?.trim());
    let right = (4..=256).contains(&user.len()) && (22..=256).contains(&password.len());
    right.then(|| Credentials {
        user: user.to_owned(),
        password: password.to_owned(),
    })
}

fn candidates(media: &Media) -> Vec<Candidate> {
    media
        .get_attribute_values("candidate")
        .flatten()
        .filter_map(Candidate::parse)
        .take(media::limits::CANDIDATES)
        .collect()
}

/// Whether `a=group:BUNDLE` (RFC 9143) names a line.
fn is_bundled(session: &Session, mid: &str) -> bool {
    let mut groups = session.get_attribute_values("group").flatten();
    groups.any(|group| {
        let mut words = group.split_ascii_whitespace();
        words.next() == Some("BUNDLE") && words.any(|word| word == mid)
    })
}

fn direction(has: impl Fn(&str) -> bool) -> Option<Ways> {
    let ways = |send, receive| Some(Ways { send, receive });
    match () {
        () if has("sendrecv") => ways(true, true),
        () if has("sendonly") => ways(true, false),
        () if has("recvonly") => ways(false, true),
        () if has("inactive") => ways(false, false),
        () => None,
    }
}

fn formats(media: &Media) -> Vec<Format> {
    let maps: Vec<(u8, &str)> = media
        .get_attribute_values("rtpmap")
        .flatten()
        .filter_map(|text| {
            let (number, rest) = text.trim().split_once(' ')?;
            Some((number.parse().ok()?, rest.trim()))
        })
        .collect();
    let mut formats: Vec<Format> = Vec::new();
    for number in media.fmt.split_ascii_whitespace() {
        let Ok(payload_type) = number.parse::<u8>() else {
            continue;
        };
        if payload_type > 127 || formats.iter().any(|f| f.payload_type == payload_type) {
            continue;
        }
        let map = maps.iter().find(|(number, _)| *number == payload_type);
        formats.push(format(payload_type, map.map(|(_, text)| *text)));
    }
    formats
}

fn format(payload_type: u8, map: Option<&str>) -> Format {
    let mut parts = map.unwrap_or_default().split('/');
    let encoding = parts.next().filter(|name| !name.is_empty());
    Format {
        payload_type,
        encoding: encoding.map(str::to_owned),
        clock: parts
            .next()
            .and_then(|n| n.trim().parse().ok())
            .unwrap_or(8000),
        channels: parts
            .next()
            .and_then(|n| n.trim().parse().ok())
            .unwrap_or(1),
    }
}

/// `a=rtcp:53020` or `a=rtcp:53020 IN IP4 126.16.64.4` (RFC 3605).
fn reports(text: &str, ip: Option<IpAddr>) -> Option<SocketAddr> {
    let mut words = text.split_ascii_whitespace();
    let port: u16 = words.next()?.parse().ok()?;
    let named = words.nth(2).and_then(|word| word.parse().ok());
    (port != 0).then_some(SocketAddr::new(named.or(ip)?, port))
}
