//! GSM 06.10 full rate: 33 bytes for 20 ms at 8 kHz, as `.gsm` files and RTP payload type 3 carry it.
//!
//! Also the pairing of two frames in 65 bytes that WAV files use (Microsoft's format 49).

use oxideav_gsm::{DecoderState, EncoderState, UnpackedFrame};

/// Samples in a frame.
pub const SAMPLES: usize = 160;
/// Bytes of a frame.
pub const FRAME: usize = 33;
/// Bytes of a pair of frames in a WAV file.
pub const PAIR: usize = 65;

/// Makes frames into sound. Each frame depends on those before it.
pub struct Decoder(DecoderState);

impl Decoder {
    /// A decoder that has heard nothing yet.
    pub fn new() -> Decoder {
        Decoder(DecoderState::new())
    }

    /// Decodes one frame, or nothing where it does not bear the mark of a GSM frame (RFC 3551, 4.5.8.1).
    pub fn decode(&mut self, frame: &[u8; FRAME]) -> Option<[i16; SAMPLES]> {
        let frame = UnpackedFrame::from_gsm_byte_frame(frame).ok()?;
        Some(self.0.decode_frame(&frame))
    }

    /// Decodes a pair of frames as WAV files hold them. Any bytes are such a pair.
    pub fn decode_pair(&mut self, pair: &[u8; PAIR]) -> Option<[[i16; SAMPLES]; 2]> {
        let (first, second) = UnpackedFrame::pair_from_msgsm_block(pair).ok()?;
        Some([self.0.decode_frame(&first), self.0.decode_frame(&second)])
    }
}

impl Default for Decoder {
    fn default() -> Decoder {
        Decoder::new()
    }
}

/// Makes sound into frames.
pub struct Encoder(EncoderState);

impl Encoder {
    /// An encoder that has heard nothing yet.
    pub fn new() -> Encoder {
        Encoder(EncoderState::new())
    }

    /// Encodes 20 ms.
    pub fn encode(&mut self, sound: &[i16; SAMPLES]) -> [u8; FRAME] {
        self.0.encode_frame(sound).to_gsm_byte_frame()
    }

    /// Encodes 40 ms into a pair as WAV files hold it.
    pub fn encode_pair(&mut self, sound: [&[i16; SAMPLES]; 2]) -> [u8; PAIR] {
        let [first, second] = sound.map(|sound| self.0.encode_frame(sound));
        UnpackedFrame::pair_to_msgsm_block(&first, &second)
    }
}

impl Default for Encoder {
    fn default() -> Encoder {
        Encoder::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Half a second of made-up sound, and what libgsm 1.0.22 makes of it (through sox 14.4.2).
    const SOUND: &[u8] = include_bytes!("../testdata/voice.sln");
    const FRAMES: &[u8] = include_bytes!("../testdata/voice.gsm");
    const PAIRS: &[u8] = include_bytes!("../testdata/voice.WAV").split_at(60).1;
    const DECODED: &[u8] = include_bytes!("../testdata/voice-decoded.sln");

    fn samples(bytes: &[u8]) -> Vec<i16> {
        bytes
            .as_chunks()
            .0
            .iter()
            .map(|s| i16::from_le_bytes(*s))
            .collect()
    }

    #[test]
    fn frames_are_those_of_another_implementation() {
        let mut encoder = Encoder::new();
        let sound = samples(SOUND);
        let frames: Vec<u8> = sound
            .as_chunks()
            .0
            .iter()
            .flat_map(|s| encoder.encode(s))
            .collect();
        assert_eq!(frames, FRAMES);
    }

    #[test]
    fn sound_is_that_of_another_implementation() {
        let mut decoder = Decoder::new();
        let sound: Vec<i16> = FRAMES
            .as_chunks()
            .0
            .iter()
            .flat_map(|f| decoder.decode(f).unwrap())
            .collect();
        assert_eq!(sound, samples(DECODED));
    }

    #[test]
    fn pairs_are_those_of_another_implementation() {
        let (mut encoder, mut decoder) = (Encoder::new(), Decoder::new());
        let sound = samples(SOUND);
        let frames = sound.as_chunks().0;
        let (mut pairs, mut heard) = (Vec::new(), Vec::new());
        for [first, second] in frames.as_chunks().0 {
            let pair = encoder.encode_pair([first, second]);
            heard.extend_from_slice(decoder.decode_pair(&pair).unwrap().as_flattened());
            pairs.extend(pair);
        }
        assert_eq!(pairs, PAIRS);
        assert_eq!(heard, samples(DECODED));
    }

    #[test]
    fn any_bytes_are_survived() {
        let mut chance = 1_u32;
        let mut decoder = Decoder::new();
        for round in 0..2_000 {
            let mut frame = [0; FRAME];
            for byte in &mut frame {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *byte = (chance >> 24) as u8;
            }
            let marked = frame[0] >> 4 == 0xd;
            assert_eq!(decoder.decode(&frame).is_some(), marked);
            frame[0] = 0xd0 | frame[0] & 0xf;
            assert!(decoder.decode(&frame).is_some(), "{round}");
        }
    }

    #[test]
    fn the_loudest_sound_is_encoded() {
        let mut encoder = Encoder::new();
        for frame in [[i16::MIN; SAMPLES], [i16::MAX; SAMPLES], [0; SAMPLES]] {
            assert_eq!(encoder.encode(&frame)[0] >> 4, 0xd);
        }
        let wild = std::array::from_fn(|i| if i % 2 == 0 { i16::MIN } else { i16::MAX });
        assert_eq!(encoder.encode(&wild)[0] >> 4, 0xd);
    }
}
