//! How sound lies in files: formats by their endings, and encodings.

/// A kind of sound file, told by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RIFF at 8 kHz: `wav`. Reading takes whatever its header says.
    Wav,
    /// RIFF at 16 kHz: `wav16`.
    Wav16,
    /// GSM in RIFF: `WAV`, `wav49`.
    Wav49,
    /// G.711 µ-law without a header: `ulaw`.
    Ulaw,
    /// G.711 A-law without a header: `alaw`.
    Alaw,
    /// GSM 06.10 without a header: `gsm`.
    Gsm,
    /// G.722 at 64 kbit/s without a header: `g722`.
    G722,
    /// Signed linear, 16 bit, little-endian, without a header, at so many samples a second: `sln`, `sln16`.
    Linear(u32),
}

impl Format {
    /// The format that files of this ending have. Case matters: `WAV` is not `wav`.
    pub fn from_ending(ending: &str) -> Option<Format> {
        let mut known = ENDINGS.iter();
        known.find(|(e, _)| *e == ending).map(|(_, format)| *format)
    }

    /// The ending of such files, without a dot.
    pub fn ending(self) -> &'static str {
        let mut known = ENDINGS.iter();
        known
            .find(|(_, format)| *format == self)
            .map_or("raw", |(ending, _)| ending)
    }

    /// Samples a second, unless a header says otherwise.
    pub fn rate(self) -> u32 {
        match self {
            Format::Wav | Format::Wav49 | Format::Ulaw | Format::Alaw | Format::Gsm => 8_000,
            Format::Wav16 | Format::G722 => 16_000,
            Format::Linear(rate) => rate,
        }
    }

    /// Whether the sound follows a RIFF header.
    pub(crate) fn is_riff(self) -> bool {
        matches!(self, Format::Wav | Format::Wav16 | Format::Wav49)
    }

    /// How samples are written in this format.
    pub(crate) fn encoding(self) -> Encoding {
        match self {
            Format::Wav | Format::Wav16 | Format::Linear(_) => Encoding::LINEAR,
            Format::Wav49 => Encoding::GsmPairs,
            Format::Ulaw => Encoding::Ulaw,
            Format::Alaw => Encoding::Alaw,
            Format::Gsm => Encoding::Gsm,
            Format::G722 => Encoding::G722,
        }
    }

    /// What is lost and what decoding costs: among formats of one rate the smallest number is taken.
    fn burden(self) -> u8 {
        match self {
            Format::Linear(_) => 0,
            Format::Wav | Format::Wav16 => 1,
            Format::Ulaw | Format::Alaw => 2,
            Format::G722 => 3,
            Format::Gsm => 4,
            Format::Wav49 => 5,
        }
    }
}

/// All endings with their formats, those first that serve a wanted rate best: that rate itself, then what
/// is above it, then what is below, the nearest first.
pub(crate) fn endings_for(wanted: u32) -> Vec<(&'static str, Format)> {
    let mut endings = ENDINGS.to_vec();
    endings.sort_by_key(|(_, format)| {
        let rate = format.rate();
        (rate < wanted, rate.abs_diff(wanted), format.burden())
    });
    endings
}

/// Asterisk's endings, a format's own first and then its other names.
const ENDINGS: &[(&str, Format)] = &[
    ("wav", Format::Wav),
    ("wav16", Format::Wav16),
    ("WAV", Format::Wav49),
    ("wav49", Format::Wav49),
    ("ulaw", Format::Ulaw),
    ("ul", Format::Ulaw),
    ("mu", Format::Ulaw),
    ("ulw", Format::Ulaw),
    ("pcm", Format::Ulaw),
    ("alaw", Format::Alaw),
    ("al", Format::Alaw),
    ("alw", Format::Alaw),
    ("gsm", Format::Gsm),
    ("g722", Format::G722),
    ("sln", Format::Linear(8_000)),
    ("sln8", Format::Linear(8_000)),
    ("raw", Format::Linear(8_000)),
    ("sln12", Format::Linear(12_000)),
    ("sln16", Format::Linear(16_000)),
    ("sln24", Format::Linear(24_000)),
    ("sln32", Format::Linear(32_000)),
    ("sln44", Format::Linear(44_100)),
    ("sln48", Format::Linear(48_000)),
    ("sln96", Format::Linear(96_000)),
    ("sln192", Format::Linear(192_000)),
];

/// How samples are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Little-endian integers of so many bytes (one byte: unsigned), channels interleaved.
    Pcm {
        bytes: u8,
        channels: u8,
    },
    Ulaw,
    Alaw,
    G722,
    Gsm,
    /// Two GSM frames in 65 bytes.
    GsmPairs,
}

impl Encoding {
    /// Signed linear, 16 bit, mono.
    pub(crate) const LINEAR: Encoding = Encoding::Pcm {
        bytes: 2,
        channels: 1,
    };

    /// The least that can be decoded alone: so many bytes for so many samples.
    pub(crate) fn block(self) -> (usize, usize) {
        match self {
            Encoding::Pcm { bytes, channels } => {
                (usize::from(bytes.max(1)) * usize::from(channels.max(1)), 1)
            }
            Encoding::Ulaw | Encoding::Alaw => (1, 1),
            Encoding::G722 => (1, 2),
            Encoding::Gsm => (crate::gsm::FRAME, crate::gsm::SAMPLES),
            Encoding::GsmPairs => (crate::gsm::PAIR, 2 * crate::gsm::SAMPLES),
        }
    }

    /// Whether a block's sound depends on those before it.
    pub(crate) fn remembers(self) -> bool {
        matches!(self, Encoding::G722 | Encoding::Gsm | Encoding::GsmPairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_formats_name_each_other() {
        for (ending, format) in ENDINGS {
            assert_eq!(Format::from_ending(ending), Some(*format));
            assert_eq!(Format::from_ending(format.ending()), Some(*format));
        }
        assert_eq!(Format::from_ending("mp3"), None);
        assert_eq!(Format::from_ending("WAV").unwrap().ending(), "WAV");
        assert_eq!(Format::from_ending("Gsm"), None);
    }

    #[test]
    fn the_wanted_rate_comes_first_then_more_then_less() {
        let first = |wanted| endings_for(wanted)[0].0;
        assert_eq!(first(8_000), "sln");
        assert_eq!(first(16_000), "sln16");
        assert_eq!(first(48_000), "sln48");
        let wide: Vec<&str> = endings_for(16_000).iter().map(|(e, _)| *e).collect();
        let place = |ending| wide.iter().position(|e| *e == ending).unwrap();
        assert!(place("wav16") < place("g722"));
        assert!(place("g722") < place("sln24"));
        assert!(place("sln192") < place("sln12"));
        assert!(place("sln12") < place("sln"));
        assert!(place("wav") < place("ulaw") && place("ulaw") < place("gsm"));
    }
}
