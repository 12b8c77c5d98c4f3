//! From bytes of a file to samples.

use super::format::Encoding;
use crate::codec::{self, Codec};
use crate::gsm;

/// Decodes blocks of one encoding, in order.
pub(super) enum Decoder {
    Pcm { bytes: usize, channels: usize },
    Codec(codec::Decoder),
    Gsm(Box<gsm::Decoder>),
    GsmPairs(Box<gsm::Decoder>),
}

impl Decoder {
    /// A decoder that has heard nothing yet.
    pub(super) fn new(encoding: Encoding) -> Decoder {
        match encoding {
            Encoding::Pcm { bytes, channels } => Decoder::Pcm {
                bytes: usize::from(bytes.max(1)),
                channels: usize::from(channels.max(1)),
            },
            Encoding::Ulaw => Decoder::Codec(codec::Decoder::new(Codec::Ulaw)),
            Encoding::Alaw => Decoder::Codec(codec::Decoder::new(Codec::Alaw)),
            Encoding::G722 => Decoder::Codec(codec::Decoder::new(Codec::G722)),
            Encoding::Gsm => Decoder::Gsm(Box::default()),
            Encoding::GsmPairs => Decoder::GsmPairs(Box::default()),
        }
    }

    /// Puts the sound of whole blocks behind what is in `sound`. The error says what is wrong with them.
    pub(super) fn decode(
        &mut self,
        blocks: &[u8],
        sound: &mut Vec<i16>,
    ) -> Result<(), &'static str> {
        match self {
            Decoder::Pcm { bytes, channels } => {
                sound.extend(blocks.chunks_exact(*bytes * *channels).map(|all| {
                    let sum: i32 = all.chunks_exact(*bytes).map(linear).sum();
                    (sum / *channels as i32) as i16
                }));
            }
            Decoder::Codec(decoder) => {
                if !decoder.decode(blocks, sound) {
                    return Err("it cannot be decoded");
                }
            }
            Decoder::Gsm(decoder) => {
                for frame in blocks.as_chunks().0 {
                    let frame = decoder.decode(frame).ok_or("not a GSM frame")?;
                    sound.extend_from_slice(&frame);
                }
            }
            Decoder::GsmPairs(decoder) => {
                for pair in blocks.as_chunks().0 {
                    let pair = decoder.decode_pair(pair).ok_or("not GSM frames")?;
                    sound.extend_from_slice(pair.as_flattened());
                }
            }
        }
        Ok(())
    }
}

/// A sample of one to four bytes, as 16 bits.
fn linear(sample: &[u8]) -> i32 {
    match sample {
        [unsigned] => (i32::from(*unsigned) - 128) << 8,
        [.., low, high] => i32::from(i16::from_le_bytes([*low, *high])),
        [] => 0,
    }
}
