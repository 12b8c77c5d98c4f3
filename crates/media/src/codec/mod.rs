//! Codecs: what sound is called on the wire, and how it becomes signed linear and back.

mod transcode;

#[cfg(test)]
mod tests;

pub use transcode::{Decoder, Encoder};

/// A way to carry sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Codec {
    /// G.711 µ-law, payload type 0.
    Ulaw,
    /// G.711 A-law, payload type 8.
    Alaw,
    /// G.722 at 64 kbit/s, payload type 9: 16 kHz sound on an 8 kHz clock (RFC 3551, 4.5.2).
    G722,
    /// Opus (RFC 7587).
    Opus,
    /// Signed linear, 16 bit, big-endian, 8 kHz (`L16`).
    Slin,
    /// Signed linear at 16 kHz.
    Slin16,
}

impl Codec {
    /// All of them, in the order of their names.
    pub const ALL: [Codec; 6] = [
        Codec::Alaw,
        Codec::G722,
        Codec::Opus,
        Codec::Slin,
        Codec::Slin16,
        Codec::Ulaw,
    ];

    /// Its name in configuration files and on the manager's wire.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Ulaw => "ulaw",
            Codec::Alaw => "alaw",
            Codec::G722 => "g722",
            Codec::Opus => "opus",
            Codec::Slin => "slin",
            Codec::Slin16 => "slin16",
        }
    }

    /// The codec of a name, whatever its case.
    pub fn from_name(name: &str) -> Option<Codec> {
        Codec::ALL
            .into_iter()
            .find(|codec| codec.name().eq_ignore_ascii_case(name))
    }

    /// Its name in an SDP `rtpmap` (RFC 3551, 6).
    pub fn encoding(self) -> &'static str {
        match self {
            Codec::Ulaw => "PCMU",
            Codec::Alaw => "PCMA",
            Codec::G722 => "G722",
            Codec::Opus => "opus",
            Codec::Slin | Codec::Slin16 => "L16",
        }
    }

    /// The codec of an SDP `rtpmap`: encoding name, clock rate, channels (1 where it names none).
    pub fn from_encoding(encoding: &str, clock_rate: u32, channels: u32) -> Option<Codec> {
        Codec::ALL.into_iter().find(|codec| {
            codec.encoding().eq_ignore_ascii_case(encoding)
                && codec.clock_rate() == clock_rate
                && codec.channels() == channels
        })
    }

    /// The codec that a payload type has without being agreed on (RFC 3551, 6).
    pub fn from_payload_type(payload_type: u8) -> Option<Codec> {
        Codec::ALL
            .into_iter()
            .find(|codec| codec.payload_type() == Some(payload_type))
    }

    /// Its static payload type; `None` where one is agreed on with each call.
    pub fn payload_type(self) -> Option<u8> {
        match self {
            Codec::Ulaw => Some(0),
            Codec::Alaw => Some(8),
            Codec::G722 => Some(9),
            Codec::Opus | Codec::Slin | Codec::Slin16 => None,
        }
    }

    /// Ticks a second of its RTP timestamps.
    pub fn clock_rate(self) -> u32 {
        match self {
            Codec::Ulaw | Codec::Alaw | Codec::G722 | Codec::Slin => 8_000,
            Codec::Slin16 => 16_000,
            Codec::Opus => 48_000,
        }
    }

    /// Samples a second of what it decodes to, which for G.722 is not its clock.
    pub fn sample_rate(self) -> u32 {
        match self {
            Codec::G722 => 16_000,
            other => other.clock_rate(),
        }
    }

    /// Channels as SDP says them: Opus always says two (RFC 7587, 7), whatever it carries.
    pub fn channels(self) -> u32 {
        match self {
            Codec::Opus => 2,
            _ => 1,
        }
    }
}
