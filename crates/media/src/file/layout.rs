//! Where the sound lies in an open file, and how it is written there.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::time::Duration;

use super::format::{Encoding, Format};
use crate::limits::{WAV_CHANNELS, WAV_CHUNKS, WAV_RATE};

/// Where the sound lies in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// How it is written.
    pub(crate) encoding: Encoding,
    /// Samples a second.
    pub(crate) rate: u32,
    /// Byte at which it begins.
    pub(crate) start: u64,
    /// Byte behind its last whole block.
    pub(crate) end: u64,
}

impl Layout {
    /// Finds the sound in a file: from its header if the format has one. What a header promises beyond
    /// the file's end is not believed.
    pub(crate) fn of(file: &File, format: Format) -> io::Result<Layout> {
        let size = file.metadata()?.len();
        if format.is_riff() {
            return riff(file, size);
        }
        Ok(Layout::new(format.encoding(), format.rate(), 0, size))
    }

    /// Sound between two places, less the block at its end that is not whole.
    fn new(encoding: Encoding, rate: u32, start: u64, end: u64) -> Layout {
        let block = encoding.block().0 as u64;
        let whole = end.saturating_sub(start) / block * block;
        Layout {
            encoding,
            rate,
            start,
            end: start + whole,
        }
    }

    /// Samples in it.
    pub(crate) fn samples(&self) -> u64 {
        let (bytes, samples) = self.encoding.block();
        (self.end - self.start) / bytes as u64 * samples as u64
    }

    /// How long it is.
    pub(crate) fn length(&self) -> Duration {
        duration(self.samples(), self.rate)
    }
}

/// How long so many samples last.
pub(crate) fn duration(samples: u64, rate: u32) -> Duration {
    let rate = u64::from(rate.max(1));
    let nanos = samples % rate * 1_000_000_000 / rate;
    Duration::from_secs(samples / rate) + Duration::from_nanos(nanos)
}

/// Follows the chunks of a RIFF file to its sound. (hound reads neither GSM nor a file whose header is
/// not written yet, and both occur.)
fn riff(file: &File, size: u64) -> io::Result<Layout> {
    let riff = head::<12>(file, 0).ok_or_else(|| bad("too short for a WAV header"))?;
    if &riff[..4] != b"RIFF" || &riff[8..] != b"WAVE" {
        return Err(bad("not a WAV file"));
    }
    let mut known = None;
    let mut at = 12;
    for _ in 0..WAV_CHUNKS {
        let Some(chunk) = head::<8>(file, at) else {
            break;
        };
        let length = u64::from(word(&chunk, 4));
        let content = at + 8;
        match &chunk[..4] {
            b"fmt " => known = Some(encoding(file, content, length)?),
            b"data" => {
                let (encoding, rate) =
                    known.ok_or_else(|| bad("a WAV file without a format before its sound"))?;
                let end = if is_unfinished(&riff, length) {
                    size
                } else {
                    size.min(content + length)
                };
                return Ok(Layout::new(encoding, rate, content, end));
            }
            _ => {}
        }
        // Chunks are padded to an even length.
        at = content + length + length % 2;
    }
    Err(bad("a WAV file without sound"))
}

/// Whether a header was left by a writer that never came to say how long the sound is, or cannot
/// because it is longer than 4 GiB: then everything up to the end is sound.
fn is_unfinished(riff: &[u8; 12], data: u64) -> bool {
    let promised = word(riff, 4);
    data == u64::from(u32::MAX) || data == 0 && (promised <= 36 || promised == u32::MAX)
}

/// Reads a format chunk: how samples are written, and how many there are a second.
fn encoding(file: &File, at: u64, length: u64) -> io::Result<(Encoding, u32)> {
    let format = head::<16>(file, at)
        .filter(|_| length >= 16)
        .ok_or_else(|| bad("a WAV file whose format is cut short"))?;
    let half = |at: usize| u16::from_le_bytes([format[at], format[at + 1]]);
    let (mut tag, channels, rate, bits) = (half(0), half(2), word(&format, 4), half(14));
    if tag == EXTENSIBLE && length >= 26 {
        // The tag proper is the first half-word of a GUID.
        tag = head::<2>(file, at + 24).map_or(tag, u16::from_le_bytes);
    }
    if !WAV_RATE.contains(&rate) {
        return Err(bad(format!("a WAV file of {rate} samples a second")));
    }
    let encoding = match (tag, channels, bits) {
        (PCM, 1..=WAV_CHANNELS, 8 | 16 | 24 | 32) => Encoding::Pcm {
            bytes: (bits / 8) as u8,
            channels: channels as u8,
        },
        (ALAW, 1, 8) => Encoding::Alaw,
        (ULAW, 1, 8) => Encoding::Ulaw,
        (GSM, 1, _) => Encoding::GsmPairs,
        _ => {
            return Err(bad(format!(
                "a WAV file of format {tag}, {channels} channels and {bits} bits"
            )));
        }
    };
    Ok((encoding, rate))
}

const PCM: u16 = 1;
const ALAW: u16 = 6;
const ULAW: u16 = 7;
const GSM: u16 = 49;
const EXTENSIBLE: u16 = 0xfffe;

/// Bytes at a place in the file, or nothing if it ends before.
fn head<const N: usize>(file: &File, at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact_at(&mut bytes, at).ok()?;
    Some(bytes)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    u32::from_le_bytes(word.unwrap_or_default())
}

fn bad(why: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.into())
}
