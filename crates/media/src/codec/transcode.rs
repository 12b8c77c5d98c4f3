//! Decoders and encoders, one of each for a stream: G.722 and Opus remember what came before.

use audio_codec::{Decoder as _, Encoder as _};
use opus_pure::{Application, OpusDecoder, OpusEncoder};

use super::Codec;

/// Samples of the longest Opus packet, 120 ms (RFC 6716, 3.2.5).
const OPUS_LONGEST: usize = 5_760;

/// The highest bit rate that we send Opus at: wideband speech is transparent there.
const OPUS_BITS: i32 = 32_000;

/// Makes signed linear of what came.
pub struct Decoder {
    codec: Codec,
    state: Decoding,
}

enum Decoding {
    Ulaw(audio_codec::pcmu::PcmuDecoder),
    Alaw(audio_codec::pcma::PcmaDecoder),
    G722(Box<audio_codec::g722::G722Decoder>),
    Opus(Option<Box<OpusDecoder>>),
    Linear,
}

impl Decoder {
    /// A decoder for a stream that begins.
    pub fn new(codec: Codec) -> Decoder {
        let state = match codec {
            Codec::Ulaw => Decoding::Ulaw(audio_codec::pcmu::PcmuDecoder::new()),
            Codec::Alaw => Decoding::Alaw(audio_codec::pcma::PcmaDecoder::new()),
            Codec::G722 => Decoding::G722(Box::new(audio_codec::g722::G722Decoder::new())),
            Codec::Opus => Decoding::Opus(OpusDecoder::new(48_000, 1).ok().map(Box::new)),
            Codec::Slin | Codec::Slin16 => Decoding::Linear,
        };
        Decoder { codec, state }
    }

    /// The codec.
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// Puts the samples of one packet behind those in `out`, at the codec's sample rate. Returns whether the
    /// packet could be decoded; nothing is added where it could not.
    pub fn decode(&mut self, payload: &[u8], out: &mut Vec<i16>) -> bool {
        let had = out.len();
        let made = match &mut self.state {
            Decoding::Ulaw(decoder) => {
                grow(out, payload.len(), |to| decoder.decode_into(payload, to))
            }
            Decoding::Alaw(decoder) => {
                grow(out, payload.len(), |to| decoder.decode_into(payload, to))
            }
            Decoding::G722(decoder) => grow(out, 2 * payload.len(), |to| {
                decoder.decode_into(payload, to)
            }),
            Decoding::Opus(Some(decoder)) if !payload.is_empty() => grow(out, OPUS_LONGEST, |to| {
                decoder.decode_s16(payload, OPUS_LONGEST, to)
            }),
            Decoding::Opus(_) => false,
            Decoding::Linear => {
                out.extend(
                    payload
                        .chunks_exact(2)
                        .map(|two| i16::from_be_bytes([two[0], two[1]])),
                );
                payload.len().is_multiple_of(2)
            }
        };
        made && out.len() > had
    }

    /// Puts what the codec itself makes up for a lost packet behind the samples in `out`. Returns false where
    /// the codec knows no such thing and the waveform has to be continued instead.
    pub fn conceal(&mut self, samples: usize, out: &mut Vec<i16>) -> bool {
        match &mut self.state {
            Decoding::Opus(Some(decoder)) => {
                grow(out, samples, |to| decoder.decode_s16(&[], samples, to))
            }
            _ => false,
        }
    }
}

/// Lets `write` fill up to `most` samples behind those in `out`; leaves `out` as it was where it fails.
fn grow<E>(
    out: &mut Vec<i16>,
    most: usize,
    write: impl FnOnce(&mut [i16]) -> Result<usize, E>,
) -> bool {
    let had = out.len();
    out.resize(had + most, 0);
    let made = write(&mut out[had..]);
    out.truncate(had + *made.as_ref().unwrap_or(&0));
    made.is_ok()
}

/// Makes packets of signed linear.
pub struct Encoder {
    codec: Codec,
    state: Encoding,
}

enum Encoding {
    Ulaw(audio_codec::pcmu::PcmuEncoder),
    Alaw(audio_codec::pcma::PcmaEncoder),
    G722(Box<audio_codec::g722::G722Encoder>),
    Opus(Option<Box<OpusEncoder>>),
    Linear,
}

impl Encoder {
    /// An encoder for a stream that begins.
    pub fn new(codec: Codec) -> Encoder {
        let state = match codec {
            Codec::Ulaw => Encoding::Ulaw(audio_codec::pcmu::PcmuEncoder::new()),
            Codec::Alaw => Encoding::Alaw(audio_codec::pcma::PcmaEncoder::new()),
            Codec::G722 => Encoding::G722(Box::new(audio_codec::g722::G722Encoder::new())),
            Codec::Opus => Encoding::Opus(opus_encoder().map(Box::new)),
            Codec::Slin | Codec::Slin16 => Encoding::Linear,
        };
        Encoder { codec, state }
    }

    /// The codec.
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// Puts the packet of these samples, which are at the codec's sample rate, behind the octets in `out`.
    /// Returns whether it could be made: Opus takes 2.5, 5, 10, 20, 40 and 60 ms and nothing else.
    pub fn encode(&mut self, samples: &[i16], out: &mut Vec<u8>) -> bool {
        let had = out.len();
        let most = match self.codec {
            Codec::Opus => 1_275,
            _ => 2 * samples.len() + 1,
        };
        let made = match &mut self.state {
            Encoding::Linear => {
                out.extend(samples.iter().flat_map(|sample| sample.to_be_bytes()));
                return true;
            }
            Encoding::Opus(None) => return false,
            Encoding::Opus(Some(encoder)) => {
                out.resize(had + most, 0);
                encoder
                    .encode_s16(samples, samples.len(), &mut out[had..])
                    .ok()
            }
            Encoding::Ulaw(encoder) => {
                out.resize(had + most, 0);
                encoder.encode_into(samples, &mut out[had..]).ok()
            }
            Encoding::Alaw(encoder) => {
                out.resize(had + most, 0);
                let made = encoder.encode_into(samples, &mut out[had..]).ok();
                // The crate has +0 for the smallest negative values; G.711 (table 1b) has -0.
                for (code, sample) in out[had..].iter_mut().zip(samples) {
                    if (-8..0).contains(sample) {
                        *code = 0x55;
                    }
                }
                made
            }
            Encoding::G722(encoder) => {
                out.resize(had + most, 0);
                encoder.encode_into(samples, &mut out[had..]).ok()
            }
        };
        out.truncate(had + made.unwrap_or(0));
        made.is_some()
    }
}

fn opus_encoder() -> Option<OpusEncoder> {
    let mut encoder = OpusEncoder::new(48_000, 1, Application::Voip).ok()?;
    encoder.bitrate_bps = OPUS_BITS;
    // A switch encodes many streams at once; the last points of quality cost half of the time.
    encoder.complexity = 5;
    encoder.use_inband_fec = true;
    encoder.packet_loss_perc = 3;
    Some(encoder)
}
