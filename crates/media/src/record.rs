//! Sound that is written into files as it comes.
//!
//! A recording grows in place, so that whoever looks at it meanwhile finds what there is: at least twice
//! a second of sound, what was written reaches the file and its WAV header is put right.

mod encode;
#[cfg(test)]
mod tests;
mod wav;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::file::layout::{Layout, duration};
use crate::file::{Format, named, with_ending};
use crate::mix::Resampler;
use encode::Encoder;

/// A sound file that is being written.
///
/// Dropping it puts the rest into the file as [`close`](Writer::close) does, but tells nobody when that
/// fails.
pub struct Writer {
    path: PathBuf,
    file: File,
    format: Format,
    encoder: Encoder,
    resampler: Option<Resampler>,
    resampled: Vec<i16>,
    /// Encoded, not yet in the file.
    pending: Vec<u8>,
    /// Where the file's sound begins and ends.
    layout: Layout,
}

impl Writer {
    /// Begins a file at `path`, to which the format's ending is added; directories that are missing are
    /// made. A file that is there is overwritten or, with `append`, goes on: then it has to be of this
    /// format and rate, and what follows its sound is lost. The error names the file.
    pub fn create(path: &Path, format: Format, append: bool) -> io::Result<Writer> {
        let path = with_ending(path, format.ending());
        Writer::open(&path, format, append).map_err(|e| named(&path, e))
    }

    fn open(path: &Path, format: Format, append: bool) -> io::Result<Writer> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(!append)
            .open(path)?;
        let layout = match append && file.metadata()?.len() > 0 {
            true => Layout::of(&file, format)?,
            false => wav::begin(&file, format)?,
        };
        if (layout.encoding, layout.rate) != (format.encoding(), format.rate()) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("sound at {} Hz of another kind is in it", layout.rate),
            ));
        }
        if append && file.metadata()?.len() > layout.end {
            file.set_len(layout.end)?;
        }
        Ok(Writer {
            path: path.to_owned(),
            file,
            format,
            encoder: Encoder::new(layout.encoding),
            resampler: None,
            resampled: Vec::new(),
            pending: Vec::new(),
            layout,
        })
    }

    /// The file, with its ending.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long the sound in it is, what it had before included.
    pub fn length(&self) -> Duration {
        let (bytes, samples) = self.layout.encoding.block();
        let pending = self.pending.len() / bytes * samples;
        duration(self.layout.samples() + pending as u64, self.layout.rate)
    }

    /// Takes sound of so many samples a second, which may change from call to call. An error names the
    /// file; the sound that could not be written is lost then, and later sound takes its place.
    pub fn write(&mut self, sound: &[i16], rate: u32) -> io::Result<()> {
        if rate == self.layout.rate {
            self.resampler = None;
            self.encoder.encode(sound, &mut self.pending);
        } else {
            let wanted = (rate, self.layout.rate);
            let resampler = self.resampler.take().filter(|r| r.rates() == wanted);
            let resampler = self
                .resampler
                .insert(resampler.unwrap_or_else(|| Resampler::new(rate, self.layout.rate)));
            self.resampled.clear();
            resampler.run(sound, &mut self.resampled);
            self.encoder.encode(&self.resampled, &mut self.pending);
        }
        if self.pending.len() >= self.half_a_second() {
            self.flush()?;
        }
        Ok(())
    }

    /// Puts all whole frames into the file and its header right.
    pub fn flush(&mut self) -> io::Result<()> {
        let flushed = self.put();
        self.pending.clear();
        flushed.map_err(|e| named(&self.path, e))
    }

    /// Ends the file; the last frame is filled up with silence where its codec needs that.
    pub fn close(mut self) -> io::Result<()> {
        self.finish()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.encoder.finish(&mut self.pending);
        self.flush()
    }

    fn put(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.file.write_all_at(&self.pending, self.layout.end)?;
        self.layout.end += self.pending.len() as u64;
        wav::settle(&self.file, self.format, &self.layout)
    }

    fn half_a_second(&self) -> usize {
        let (bytes, samples) = self.layout.encoding.block();
        self.layout.rate as usize / 2 / samples * bytes
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Whoever wants to know closes it.
        let _ = self.finish();
    }
}
