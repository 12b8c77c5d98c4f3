//! Reading a sound file piece by piece.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::decode::Decoder;
use super::format::Format;
use super::layout::Layout;
use super::named;
use super::ready::Ready;
use crate::mix::Resampler;

/// Bytes read at once: a quarter of a second of `sln`.
const PIECE: usize = 4_096;

/// Samples that the resampler holds back: half the width of its filter.
const HELD_BACK: usize = audio_codec::resampler::TAPS_PER_PHASE / 2;

/// What is decoded and thrown away before the place sought, in milliseconds, so that an adaptive codec has found its
/// levels by then.
const RUN_UP: u64 = 100;

/// An open sound file.
///
/// A file that holds less than its header promises ends early; one that grows while it is read ends
/// where it ended when it was opened.
pub struct Reader {
    path: PathBuf,
    file: File,
    layout: Layout,
    decoder: Decoder,
    /// Byte to read next.
    at: u64,
    /// Decoded samples still to throw away.
    skip: u64,
    rate: u32,
    resampler: Resampler,
    /// Whether the resampler gave what it held back at the file's end.
    is_flushed: bool,
    bytes: Vec<u8>,
    decoded: Vec<i16>,
    ready: Ready,
}

impl Reader {
    pub(super) fn open(path: &Path, format: Format) -> io::Result<Reader> {
        let (layout, file) = File::open(path)
            .and_then(|file| Ok((Layout::of(&file, format)?, file)))
            .map_err(|e| named(path, e))?;
        let rate = served_rate(layout.rate);
        Ok(Reader {
            path: path.to_owned(),
            file,
            layout,
            decoder: Decoder::new(layout.encoding),
            at: layout.start,
            skip: 0,
            rate,
            resampler: Resampler::new(layout.rate, rate),
            is_flushed: false,
            bytes: Vec::new(),
            decoded: Vec::new(),
            ready: Ready::default(),
        })
    }

    /// Samples a second of what [`read`](Reader::read) gives: 8,000, 16,000 or 48,000. A file of another
    /// rate is resampled to the next of these.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// How long the whole file is.
    pub fn length(&self) -> Duration {
        self.layout.length()
    }

    /// Fills `sound` and returns how many samples are in it: all, but at the file's end. The error names
    /// the file.
    pub fn read(&mut self, sound: &mut [i16]) -> io::Result<usize> {
        let mut done = 0;
        while done < sound.len() {
            let count = self.ready.take(&mut sound[done..]);
            if count == 0 && !self.fill().map_err(|e| named(&self.path, e))? {
                break;
            }
            done += count;
        }
        Ok(done)
    }

    /// Goes on at a place counted from the file's beginning; behind the end there is nothing more.
    pub fn seek(&mut self, to: Duration) {
        let (bytes, samples) = self.layout.encoding.block();
        let rate = u128::from(self.layout.rate);
        let target = u64::try_from(to.as_nanos() * rate / 1_000_000_000)
            .unwrap_or(u64::MAX)
            .min(self.layout.samples());
        let from = match self.layout.encoding.remembers() {
            true => target.saturating_sub(RUN_UP * u64::from(self.layout.rate) / 1_000),
            false => target,
        };
        let block = from / samples as u64;
        self.at = self.layout.start + block * bytes as u64;
        self.skip = target - block * samples as u64;
        self.decoder = Decoder::new(self.layout.encoding);
        self.resampler = Resampler::new(self.layout.rate, self.rate);
        self.is_flushed = false;
        self.ready.renew();
    }

    /// Reads and decodes the next piece; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let count = self.fetch()?;
        let ready = self.ready.renew();
        if count == 0 {
            if self.is_flushed {
                return Ok(false);
            }
            self.is_flushed = true;
            if self.layout.rate != self.rate {
                self.resampler.run(&[0; HELD_BACK], ready);
            }
            return Ok(true);
        }
        self.decoded.clear();
        let bytes = self.bytes.get(..count).unwrap_or_default();
        self.decoder
            .decode(bytes, &mut self.decoded)
            .map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?;
        self.at += count as u64;
        let skip = self.skip.min(self.decoded.len() as u64);
        self.skip -= skip;
        let sound = self.decoded.get(skip as usize..).unwrap_or_default();
        self.resampler.run(sound, ready);
        Ok(true)
    }

    /// Reads whole blocks into `bytes` and returns how many bytes they are.
    fn fetch(&mut self) -> io::Result<usize> {
        let block = self.layout.encoding.block().0;
        let piece = PIECE / block * block;
        self.bytes.resize(piece, 0);
        let left = self.layout.end.saturating_sub(self.at);
        let wanted = usize::try_from(left).map_or(piece, |left| left.min(piece));
        let mut count = 0;
        while count < wanted {
            match self
                .file
                .read_at(&mut self.bytes[count..wanted], self.at + count as u64)
            {
                Ok(0) => break,
                Ok(more) => count += more,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(count / block * block)
    }
}

/// The rate at which the house takes sound that has this one.
fn served_rate(rate: u32) -> u32 {
    match rate {
        0..=8_000 => 8_000,
        8_001..=16_000 => 16_000,
        _ => 48_000,
    }
}
