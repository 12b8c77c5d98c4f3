//! What we say, written.

use media::codec::Codec;
use media::ice::Candidate;
use media::session::Agreed;
use sdp_types::{Attribute, Connection, Media, Origin, Session, Time};

use super::theirs::Audio;
use super::{Exchange, Wants, Ways, codecs};

/// A line of the description, ours and theirs alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// The sound of the call.
    Sound,
    /// Something that we have no use for.
    Refused {
        media: String,
        protocol: String,
        formats: String,
        /// Its name, which an answer has to say too (RFC 8829, 5.3.1).
        mid: Option<String>,
    },
}

/// Our offer: everything that the endpoint may use.
pub(super) fn offer(exchange: &Exchange) -> Session {
    let suites: Vec<String> = match exchange.wants.sdes {
        true => exchange.secret.offer(exchange.wants.tag_32),
        false => Vec::new(),
    };
    let wants = &exchange.wants;
    let protocol = match wants {
        Wants {
            optimistic: true, ..
        } => "RTP/AVP",
        Wants { dtls: true, .. } => "UDP/TLS/RTP/SAVP",
        Wants { sdes: true, .. } => "RTP/SAVP",
        _ => "RTP/AVP",
    };
    let sound = Sound {
        protocol: &match wants.feedback {
            true => format!("{protocol}F"),
            false => protocol.to_owned(),
        },
        codecs: &exchange.types,
        events: &exchange.events,
        crypto: suites,
        setup: wants.dtls.then_some("actpass"),
        search: wants.ice,
        bundled: wants.bundle,
        mux: exchange.shares_port(),
        ways: exchange.ways,
        packet: 20,
        off: false,
    };
    describe(exchange, &sound)
}

/// Our answer: what both can do, under their numbers (RFC 3264, 6.1).
pub(super) fn answer(exchange: &Exchange, audio: &Audio, agreed: &Agreed, ways: Ways) -> Session {
    let wanted = |(_, clock): &(u8, u32)| {
        let used = |(_, codec): &(u8, Codec)| codecs::clock(*codec) == *clock;
        agreed.codecs.iter().any(used)
    };
    let events: Vec<(u8, u32)> = match agreed.events {
        Some(number) => audio
            .events()
            .filter(|event| event.0 == number || wanted(event))
            .collect(),
        None => Vec::new(),
    };
    let chosen = audio.crypto.iter().find(|crypto| crypto.is_known());
    let crypto = match (&agreed.keys, chosen) {
        (Some(_), Some(crypto)) => vec![exchange.secret.answer(crypto)],
        _ => Vec::new(),
    };
    let sound = Sound {
        protocol: &audio.protocol,
        codecs: &agreed.codecs,
        events: &events,
        crypto,
        setup: agreed
            .securing
            .as_ref()
            .map(|securing| match securing.active {
                true => "active",
                false => "passive",
            }),
        search: agreed.reaching.is_some(),
        bundled: audio.bundled,
        mux: exchange.shares_port() && audio.rtcp_mux,
        ways,
        packet: agreed.packet.as_millis(),
        off: audio.is_off(),
    };
    describe(exchange, &sound)
}

struct Sound<'a> {
    protocol: &'a str,
    codecs: &'a [(u8, Codec)],
    events: &'a [(u8, u32)],
    crypto: Vec<String>,
    /// Who begins the handshake, where there is one.
    setup: Option<&'static str>,
    /// Whether both look for each other.
    search: bool,
    bundled: bool,
    mux: bool,
    ways: Ways,
    packet: u128,
    off: bool,
}

fn describe(exchange: &Exchange, sound: &Sound<'_>) -> Session {
    let ip = exchange.address.ip();
    let mut origin = Origin::with_ip_addr(exchange.id, 0, ip);
    origin.username = Some(exchange.wants.owner.clone()).filter(|owner| owner != "-");
    let mut session = Session::new(origin, &exchange.wants.session);
    session.connection = Some(Connection::from_ip_addr(ip));
    session.times = vec![Time::new(0, 0)];
    if let Some(mid) = exchange.mid.as_ref().filter(|_| sound.bundled) {
        let group = Attribute::with_value("group", format!("BUNDLE {mid}"));
        session.attributes.push(group);
    }
    session.medias = exchange
        .lines
        .iter()
        .map(|line| match line {
            Line::Sound => sound_line(exchange, sound),
            Line::Refused {
                media,
                protocol,
                formats,
                mid,
            } => {
                let mut line = bare(media, 0, protocol, formats);
                let mid = mid.as_ref().map(|mid| Attribute::with_value("mid", mid));
                line.attributes.extend(mid);
                line
            }
        })
        .collect();
    session
}

fn sound_line(exchange: &Exchange, sound: &Sound<'_>) -> Media {
    let numbers: Vec<String> = sound
        .codecs
        .iter()
        .map(|(number, _)| number)
        .chain(sound.events.iter().map(|(number, _)| number))
        .map(u8::to_string)
        .collect();
    let port = match sound.off {
        true => 0,
        false => exchange.address.port(),
    };
    let mut media = bare("audio", port, sound.protocol, &numbers.join(" "));
    let mut say = |name: &str, value: String| {
        media.attributes.push(Attribute::with_value(name, value));
    };
    for crypto in &sound.crypto {
        say("crypto", crypto.clone());
    }
    for (number, codec) in sound.codecs {
        say("rtpmap", format!("{number} {}", codecs::encoding(*codec)));
        if let Some(parameters) = codecs::parameters(*codec) {
            say("fmtp", format!("{number} {parameters}"));
        }
    }
    for (number, clock) in sound.events {
        say("rtpmap", format!("{number} telephone-event/{clock}"));
        say("fmtp", format!("{number} 0-16"));
    }
    if let Some(mid) = &exchange.mid {
        say("mid", mid.clone());
    }
    if let (Some(setup), Some(fingerprint)) = (sound.setup, &exchange.means.fingerprint) {
        say("setup", setup.to_owned());
        say("fingerprint", fingerprint.to_string());
    }
    if sound.search {
        let ours = exchange.credentials(exchange.generation);
        say("ice-ufrag", ours.user);
        say("ice-pwd", ours.password);
        say("ice-options", "ice2".to_owned());
        if let Some(candidate) = Candidate::host(exchange.address) {
            say("candidate", candidate.value());
        }
    }
    say("ptime", sound.packet.to_string());
    say("maxptime", "140".to_owned());
    if sound.mux {
        media.attributes.push(Attribute::new("rtcp-mux"));
    }
    media.attributes.push(Attribute::new(sound.ways.name()));
    media
}

fn bare(media: &str, port: u16, protocol: &str, formats: &str) -> Media {
    Media {
        media: media.to_owned(),
        port,
        num_ports: None,
        proto: protocol.to_owned(),
        fmt: formats.to_owned(),
        media_title: None,
        connections: Vec::new(),
        bandwidths: Vec::new(),
        key: None,
        attributes: Vec::new(),
    }
}
