//! Playing a class's files for ever.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::mem;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::{Class, Sort};
use crate::file::ready::Ready;
use crate::file::{self, Format, Found, Reader, Sounds, named};
use crate::limits::MUSIC_FILES;
use crate::mix::{Resampler, frame_len};

/// Plays a class's files one after the other, for ever.
pub struct Player {
    sort: Sort,
    rate: u32,
    files: Vec<Found>,
    /// The file to open next.
    next: usize,
    announcement: Option<Found>,
    /// Whether the announcement's turn is before that file's.
    is_announced: bool,
    chance: Chance,
    playing: Option<Playing>,
    raw: Vec<i16>,
    ready: Ready,
    warnings: Vec<String>,
}

/// What is heard now.
struct Playing {
    found: Found,
    reader: Reader,
    resampler: Resampler,
    has_sound: bool,
}

impl Player {
    /// Looks at what is in the class's directory, or in its list. Sound is given at `rate`; `sounds` and `language` are
    /// where the class's announcement is found; the same seed gives the same order. A directory without
    /// a sound file is an error that names it.
    pub fn new(
        class: &Class,
        sounds: &Sounds,
        language: &str,
        rate: u32,
        seed: u64,
    ) -> io::Result<Player> {
        let mut warnings = Vec::new();
        let files = match &class.entries[..] {
            [] => list(&class.directory, rate).map_err(|e| named(&class.directory, e))?,
            entries => {
                let find = |entry: &String| match file::find(sounds, entry, language, rate) {
                    Ok(found) => Some(found),
                    Err(why) => {
                        warnings.push(why.to_string());
                        None
                    }
                };
                entries.iter().filter_map(find).collect()
            }
        };
        let mut chance = Chance(seed);
        let next = match class.sort {
            Sort::RandStart => chance.below(files.len()),
            Sort::Alpha | Sort::Random => 0,
        };
        let announcement = class.announcement.as_ref().and_then(|name| {
            file::find(sounds, name, language, rate)
                .map_err(|e| warnings.push(e.to_string()))
                .ok()
        });
        Ok(Player {
            sort: class.sort,
            rate,
            files,
            next,
            announcement,
            is_announced: false,
            chance,
            playing: None,
            raw: vec![0; frame_len(48_000)],
            ready: Ready::default(),
            warnings,
        })
    }

    /// Fills all of `sound`. A file that cannot be read is left out from then on, with a
    /// [warning](Player::warnings); when none is left, that is an error.
    pub fn read(&mut self, sound: &mut [i16]) -> io::Result<()> {
        let mut done = 0;
        while done < sound.len() {
            match self.ready.take(&mut sound[done..]) {
                0 => self.refill()?,
                count => done += count,
            }
        }
        Ok(())
    }

    /// What there was to complain about since this was asked last: of each file once.
    pub fn warnings(&mut self) -> Vec<String> {
        mem::take(&mut self.warnings)
    }

    /// Gets the next piece ready, or goes a step on the way there.
    fn refill(&mut self) -> io::Result<()> {
        let Some(mut playing) = self.playing.take() else {
            let found = self.choose()?;
            self.open(found);
            return Ok(());
        };
        match playing.reader.read(&mut self.raw) {
            // Opened again and again, a file without sound would keep us for ever.
            Ok(0) if !playing.has_sound => self.give_up(&playing.found, None),
            Ok(0) => {}
            Ok(count) => {
                let raw = self.raw.get(..count).unwrap_or_default();
                playing.resampler.run(raw, self.ready.renew());
                playing.has_sound = true;
                self.playing = Some(playing);
            }
            Err(error) => self.give_up(&playing.found, Some(error)),
        }
        Ok(())
    }

    /// Whose turn it is.
    fn choose(&mut self) -> io::Result<Found> {
        if let (Some(announcement), false) = (&self.announcement, self.is_announced) {
            self.is_announced = true;
            return Ok(announcement.clone());
        }
        if self.next == 0 && self.sort == Sort::Random {
            self.chance.shuffle(&mut self.files);
        }
        let none = || io::Error::new(io::ErrorKind::NotFound, "no music that can be read is left");
        let found = self.files.get(self.next).cloned().ok_or_else(none)?;
        self.next = (self.next + 1) % self.files.len();
        self.is_announced = false;
        Ok(found)
    }

    fn open(&mut self, found: Found) {
        match found.open() {
            Ok(reader) => {
                self.playing = Some(Playing {
                    found,
                    resampler: Resampler::new(reader.rate(), self.rate),
                    reader,
                    has_sound: false,
                });
            }
            Err(error) => self.give_up(&found, Some(error)),
        }
    }

    /// Leaves a file out from now on.
    fn give_up(&mut self, found: &Found, error: Option<io::Error>) {
        self.warnings.push(match error {
            Some(error) => error.to_string(),
            None => format!("{}: there is no sound in it", found.path.display()),
        });
        if self.announcement.as_ref() == Some(found) {
            self.announcement = None;
        }
        if let Some(place) = self.files.iter().position(|file| file == found) {
            self.files.remove(place);
            if place < self.next {
                self.next -= 1;
            }
        }
    }
}

/// The sound files of a directory in the order of their names, each in the format that serves the rate best.
pub(super) fn list(directory: &Path, rate: u32) -> io::Result<Vec<Found>> {
    let endings = file::format::endings_for(rate);
    let mut best: BTreeMap<PathBuf, (usize, Found)> = BTreeMap::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let ending = path
            .extension()
            .and_then(|e| str::from_utf8(e.as_bytes()).ok());
        let Some(place) = endings.iter().position(|(known, _)| Some(*known) == ending) else {
            continue;
        };
        if path
            .file_name()
            .is_some_and(|name| name.as_bytes().starts_with(b"."))
            || !path.is_file()
        {
            continue;
        }
        let format: Format = endings[place].1;
        let found = Found { path, format };
        let stem = found.path.with_extension("");
        if best.get(&stem).is_none_or(|(other, _)| place < *other) {
            best.insert(stem, (place, found));
        }
        if best.len() > MUSIC_FILES {
            let text = format!("more than {MUSIC_FILES} files");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
    }
    if best.is_empty() {
        let text = "there is no sound file in it";
        return Err(io::Error::new(io::ErrorKind::NotFound, text));
    }
    Ok(best.into_values().map(|(_, found)| found).collect())
}

/// Numbers that look random: SplitMix64 (Steele, Lea and Flood 2014). Good enough to choose music by.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    /// Every order is as likely as any other (Fisher and Yates).
    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}
