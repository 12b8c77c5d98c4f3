//! What we say, written.

use media::codec::Codec;
use media::session::Agreed;
use sdp_types::{Attribute, Connection, Media, Origin, Session, Time};

use super::theirs::Audio;
use super::{Exchange, Ways, codecs};

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
    },
}

/// Our offer: everything that the endpoint may use.
pub(super) fn offer(exchange: &Exchange) -> Session {
    let suites: Vec<String> = match exchange.wants.sdes {
        true => exchange.secret.offer(exchange.wants.tag_32),
        false => Vec::new(),
    };
    let wants = &exchange.wants;
    let sound = Sound {
        protocol: match wants.sdes && !wants.optimistic {
            true => "RTP/SAVP",
            false => "RTP/AVP",
        },
        codecs: &exchange.types,
        events: &exchange.events,
        crypto: suites,
        mux: wants.rtcp_mux,
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
        mux: exchange.wants.rtcp_mux && audio.rtcp_mux,
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
    session.medias = exchange
        .lines
        .iter()
        .map(|line| match line {
            Line::Sound => sound_line(exchange.address.port(), sound),
            Line::Refused {
                media,
                protocol,
                formats,
            } => bare(media, 0, protocol, formats),
        })
        .collect();
    session
}

fn sound_line(port: u16, sound: &Sound<'_>) -> Media {
    let numbers: Vec<String> = sound
        .codecs
        .iter()
        .map(|(number, _)| number)
        .chain(sound.events.iter().map(|(number, _)| number))
        .map(u8::to_string)
        .collect();
    let port = if sound.off { 0 } else { port };
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
