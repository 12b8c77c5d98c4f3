//! From samples to the bytes of a file.

use crate::codec::{self, Codec};
use crate::file::format::Encoding;
use crate::gsm;

/// Encodes sound, in order.
pub(super) struct Encoder {
    kind: Kind,
    /// Samples that do not fill a block yet.
    partial: Vec<i16>,
    /// Samples in a block.
    block: usize,
}

enum Kind {
    Linear,
    Codec(codec::Encoder),
    Gsm(Box<gsm::Encoder>),
    GsmPairs(Box<gsm::Encoder>),
}

impl Encoder {
    /// An encoder that has heard nothing yet. Of linear encodings the house's own is written.
    pub(super) fn new(encoding: Encoding) -> Encoder {
        let kind = match encoding {
            Encoding::Pcm { .. } => Kind::Linear,
            Encoding::Ulaw => Kind::Codec(codec::Encoder::new(Codec::Ulaw)),
            Encoding::Alaw => Kind::Codec(codec::Encoder::new(Codec::Alaw)),
            Encoding::G722 => Kind::Codec(codec::Encoder::new(Codec::G722)),
            Encoding::Gsm => Kind::Gsm(Box::default()),
            Encoding::GsmPairs => Kind::GsmPairs(Box::default()),
        };
        Encoder {
            kind,
            partial: Vec::new(),
            block: encoding.block().1,
        }
    }

    /// Puts the blocks that are full behind what is in `bytes`.
    pub(super) fn encode(&mut self, sound: &[i16], bytes: &mut Vec<u8>) {
        if self.partial.is_empty() && sound.len().is_multiple_of(self.block) {
            self.kind.encode(sound, bytes);
            return;
        }
        self.partial.extend_from_slice(sound);
        let whole = self.partial.len() / self.block * self.block;
        self.kind
            .encode(self.partial.get(..whole).unwrap_or_default(), bytes);
        self.partial.drain(..whole);
    }

    /// Fills the last block up with silence.
    pub(super) fn finish(&mut self, bytes: &mut Vec<u8>) {
        if !self.partial.is_empty() {
            self.partial.resize(self.block, 0);
            self.kind.encode(&self.partial, bytes);
            self.partial.clear();
        }
    }
}

impl Kind {
    fn encode(&mut self, blocks: &[i16], bytes: &mut Vec<u8>) {
        match self {
            Kind::Linear => bytes.extend(blocks.iter().flat_map(|s| s.to_le_bytes())),
            Kind::Codec(encoder) => {
                // Only Opus can refuse samples.
                encoder.encode(blocks, bytes);
            }
            Kind::Gsm(encoder) => {
                for frame in blocks.as_chunks().0 {
                    bytes.extend(encoder.encode(frame));
                }
            }
            Kind::GsmPairs(encoder) => {
                let (frames, _) = blocks.as_chunks::<{ gsm::SAMPLES }>();
                for [first, second] in frames.as_chunks().0 {
                    bytes.extend(encoder.encode_pair([first, second]));
                }
            }
        }
    }
}
