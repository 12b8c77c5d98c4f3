//! Sound that is read ahead of those who hear it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use switch::Text;

use super::Disk;
use crate::file::{self, Reader, Sounds};
use crate::limits;
use crate::mix::Resampler;
use crate::music;
use crate::plane::session::lock;
use crate::settings::Settings;

/// Sound out of files, at one rate.
pub(in crate::plane) struct Stream {
    rate: u32,
    language: Text,
    ready: Mutex<Ready>,
    /// The reader's alone.
    source: Mutex<Source>,
}

#[derive(Default)]
struct Ready {
    samples: VecDeque<i16>,
    /// Samples to be left out that are not there yet.
    debt: u64,
    /// Whether the reader knows that more is wanted.
    is_asked: bool,
    is_over: bool,
}

enum Source {
    Files {
        names: VecDeque<Text>,
        /// How far into what is left it begins.
        from: Duration,
        open: Option<Box<(Reader, Resampler)>>,
    },
    Class {
        name: Text,
        seed: u64,
    },
    Music(Box<music::Player>),
    Nothing,
}

/// Samples that are read at once.
const PIECE: usize = 1_600;

impl Stream {
    /// Files one after the other.
    pub(in crate::plane) fn files(
        names: &[Text],
        language: &Text,
        rate: u32,
        from: Duration,
    ) -> Stream {
        Stream::new(
            language,
            rate,
            Source::Files {
                names: names.iter().take(limits::FILES).cloned().collect(),
                from,
                open: None,
            },
        )
    }

    /// Music of a class, for ever; plays of different numbers differ where the class is in random order.
    pub(in crate::plane) fn music(class: &Text, language: &Text, rate: u32, seed: u64) -> Stream {
        Stream::new(
            language,
            rate,
            Source::Class {
                name: class.clone(),
                seed,
            },
        )
    }

    fn new(language: &Text, rate: u32, source: Source) -> Stream {
        Stream {
            rate,
            language: language.clone(),
            ready: Mutex::default(),
            source: Mutex::new(source),
        }
    }

    /// Fills `frame` with what comes next after `skip` samples; false where there is nothing (yet).
    pub(in crate::plane) fn take(
        self: &Arc<Stream>,
        skip: u64,
        frame: &mut [i16],
        disk: &Disk,
    ) -> bool {
        let mut ready = lock(&self.ready);
        ready.debt = ready.debt.saturating_add(skip);
        ready.pay();
        let count = ready.samples.len().min(frame.len());
        for (to, from) in frame.iter_mut().zip(ready.samples.drain(..count)) {
            *to = from;
        }
        if ready.samples.len() < self.ahead() / 2 && !ready.is_over && !ready.is_asked {
            ready.is_asked = disk.read(self);
        }
        count > 0
    }

    /// Reads ahead. A file that cannot be played is left out with a warning.
    pub(super) fn fill(&self, settings: &Settings) {
        let mut source = lock(&self.source);
        let mut piece = [0; PIECE];
        loop {
            let count = source.read(self, settings, &mut piece);
            let mut ready = lock(&self.ready);
            ready.samples.extend(piece.iter().take(count.unwrap_or(0)));
            ready.pay();
            ready.is_over = count.is_none();
            if count.is_none() || ready.samples.len() >= self.ahead() {
                ready.is_asked = false;
                return;
            }
        }
    }

    fn ahead(&self) -> usize {
        (limits::READ_AHEAD.as_millis() as usize) * self.rate as usize / 1_000
    }
}

impl Ready {
    /// Leaves out what was missed.
    fn pay(&mut self) {
        let count = self.debt.min(self.samples.len() as u64);
        self.samples.drain(..count as usize);
        self.debt -= count;
    }
}

impl Source {
    /// Reads the next piece; how many samples, or `None` at the end of all.
    fn read(&mut self, stream: &Stream, settings: &Settings, piece: &mut [i16]) -> Option<usize> {
        loop {
            match self {
                Source::Nothing => return None,
                Source::Class { name, seed } => *self = class(name, *seed, stream, settings),
                Source::Music(player) => {
                    let read = player.read(piece);
                    for warning in player.warnings() {
                        tracing::warn!("music: {warning}");
                    }
                    match read {
                        Ok(()) => return Some(piece.len()),
                        Err(e) => {
                            tracing::warn!("music: {e}");
                            *self = Source::Nothing;
                        }
                    }
                }
                Source::Files { names, from, open } => match open {
                    None => {
                        let name = names.pop_front()?;
                        *open = open_file(&name, from, stream, settings);
                    }
                    Some(file) => match read_file(file, stream.rate, piece) {
                        0 => *open = None,
                        count => return Some(count),
                    },
                },
            }
        }
    }
}

fn class(name: &str, seed: u64, stream: &Stream, settings: &Settings) -> Source {
    let mut classes = settings.music.iter();
    let Some(class) = classes.find(|class| class.name == name) else {
        tracing::warn!("there is no class of music {name}");
        return Source::Nothing;
    };
    match music::Player::new(
        class,
        &sounds(settings),
        &stream.language,
        stream.rate,
        seed,
    ) {
        Ok(player) => Source::Music(Box::new(player)),
        Err(e) => {
            tracing::warn!("music: {e}");
            Source::Nothing
        }
    }
}

/// Opens a file at its place, if the play does not begin behind it.
fn open_file(
    name: &str,
    from: &mut Duration,
    stream: &Stream,
    settings: &Settings,
) -> Option<Box<(Reader, Resampler)>> {
    let language = match stream.language.is_empty() {
        true => &settings.language,
        false => &stream.language,
    };
    let found = file::find(&sounds(settings), name, language, stream.rate);
    let opened = found.map_err(Into::into).and_then(|found| found.open());
    let mut reader = match opened {
        Ok(reader) => reader,
        Err(e) => {
            tracing::warn!("not played: {e}");
            return None;
        }
    };
    let length = reader.length();
    if *from >= length {
        *from -= length;
        return None;
    }
    if !from.is_zero() {
        reader.seek(*from);
        *from = Duration::ZERO;
    }
    let resampler = Resampler::new(reader.rate(), stream.rate);
    Some(Box::new((reader, resampler)))
}

/// Reads a piece that is not larger than `piece` at the stream's rate.
fn read_file(file: &mut (Reader, Resampler), rate: u32, piece: &mut [i16]) -> usize {
    let (reader, resampler) = file;
    let most = (piece.len() as u64 * u64::from(reader.rate()) / u64::from(rate.max(1))) as usize;
    // Frames of 20 ms join at every pair of rates without a remainder.
    let frame = crate::mix::frame_len(reader.rate());
    let mut raw = vec![0; (most / frame).max(1) * frame];
    let count = match reader.read(&mut raw) {
        Ok(count) => count,
        Err(e) => {
            tracing::warn!("not played to its end: {e}");
            0
        }
    };
    let mut made = Vec::with_capacity(piece.len());
    resampler.run(raw.get(..count).unwrap_or_default(), &mut made);
    made.truncate(piece.len());
    for (to, from) in piece.iter_mut().zip(&made) {
        *to = *from;
    }
    made.len()
}

fn sounds(settings: &Settings) -> Sounds {
    Sounds {
        directories: vec![settings.sounds.clone()],
    }
}
