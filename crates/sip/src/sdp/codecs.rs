//! Codecs by their names on the wire.

use media::codec::Codec;

use super::theirs::Format;
use crate::settings::DtmfMode;

/// A codec in words.
struct Row {
    codec: Codec,
    /// Its name in `a=rtpmap`.
    encoding: &'static str,
    clock: u32,
    channels: u8,
    /// Its number: fixed by RFC 3551 where it is under 96.
    payload_type: u8,
}

const TABLE: &[Row] = &[
    row(Codec::Ulaw, "PCMU", 8000, 1, 0),
    row(Codec::Alaw, "PCMA", 8000, 1, 8),
    row(Codec::G722, "G722", 8000, 1, 9),
    row(Codec::Opus, "opus", 48000, 2, 107),
    row(Codec::Slin, "L16", 8000, 1, 118),
    row(Codec::Slin16, "L16", 16000, 1, 119),
];

/// Numbers of telephone events, by their clocks.
const EVENTS: &[(u8, u32)] = &[(101, 8000), (102, 48000), (103, 16000)];

const fn row(
    codec: Codec,
    encoding: &'static str,
    clock: u32,
    channels: u8,
    payload_type: u8,
) -> Row {
    Row {
        codec,
        encoding,
        clock,
        channels,
        payload_type,
    }
}

/// How many times a second its clock ticks.
pub(super) fn clock(codec: Codec) -> u32 {
    line(codec).map_or(8000, |row| row.clock)
}

/// What `a=rtpmap` says of it after the number.
pub(super) fn encoding(codec: Codec) -> String {
    match line(codec) {
        Some(row) if row.channels > 1 => {
            format!("{}/{}/{}", row.encoding, row.clock, row.channels)
        }
        Some(row) => format!("{}/{}", row.encoding, row.clock),
        None => String::new(),
    }
}

/// What `a=fmtp` says of it after the number.
pub(super) fn parameters(codec: Codec) -> Option<&'static str> {
    // RFC 7587, 6.1: we decode to one channel, and our losses are repaired by it.
    (codec == Codec::Opus).then_some("useinbandfec=1")
}

/// The codec that a format of theirs is.
pub(super) fn known(format: &Format) -> Option<Codec> {
    let found = match &format.encoding {
        Some(encoding) => TABLE.iter().find(|row| {
            row.encoding.eq_ignore_ascii_case(encoding)
                && row.clock == format.clock
                && (row.channels == format.channels || row.codec == Codec::Opus)
        }),
        None => TABLE
            .iter()
            .find(|row| row.payload_type < 96 && row.payload_type == format.payload_type),
    };
    found.map(|row| row.codec)
}

/// Numbers for codecs that nobody has numbered yet.
pub(super) fn payload_types(codecs: &[Codec]) -> Vec<(u8, Codec)> {
    let number = |codec: &Codec| line(*codec).map(|row| (row.payload_type, *codec));
    codecs.iter().filter_map(number).collect()
}

/// Numbers for telephone events, one a clock (RFC 4733, 2.5.1.1).
pub(super) fn event_types(codecs: &[Codec], dtmf: DtmfMode) -> Vec<(u8, u32)> {
    if !by_events(dtmf) {
        return Vec::new();
    }
    let used = |(_, rate): &&(u8, u32)| codecs.iter().any(|codec| clock(*codec) == *rate);
    EVENTS.iter().filter(used).copied().collect()
}

/// Whether digits may travel as telephone events.
pub(super) fn by_events(dtmf: DtmfMode) -> bool {
    matches!(
        dtmf,
        DtmfMode::Rfc4733 | DtmfMode::Auto | DtmfMode::AutoInfo
    )
}

/// Gives a codec the number that they use for it; another codec that had it gets the codec's old one.
pub(super) fn renumber(types: &mut [(u8, Codec)], payload_type: u8, codec: Codec) {
    let Some(at) = types.iter().position(|(_, known)| *known == codec) else {
        return;
    };
    let before = types[at].0;
    for entry in types.iter_mut().filter(|entry| entry.0 == payload_type) {
        entry.0 = before;
    }
    types[at].0 = payload_type;
}

/// The same for telephone events.
pub(super) fn renumber_events(events: &mut [(u8, u32)], payload_type: u8, clock: u32) {
    if let Some(entry) = events.iter_mut().find(|(_, known)| *known == clock) {
        entry.0 = payload_type;
    }
}

fn line(codec: Codec) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.codec == codec)
}
