//! Sound files: how they are found, how long they are, and what is in them.
//!
//! A sound is named without its ending, such as `hello-world` or `digits/1`, and lies below a directory
//! of sounds in a directory for its language: `en/digits/1.gsm`. A name that begins with a slash stands
//! for itself, its language's directory being beside the file: `/tmp/en/hello` before `/tmp/hello`.

mod decode;
pub(crate) mod format;
pub(crate) mod layout;
mod read;
pub(crate) mod ready;
#[cfg(test)]
mod tests;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

pub use format::Format;
pub use read::Reader;

use layout::Layout;

/// Where sounds lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds {
    /// The directories that hold the languages' directories, those looked into first before the others.
    pub directories: Vec<PathBuf>,
}

/// Finds a sound: in the language, in what it falls back to (`en_GB`, `en`), in none at all. Of several
/// formats in one place that which serves `rate` (samples a second) best is taken.
pub fn find(sounds: &Sounds, name: &str, language: &str, rate: u32) -> Result<Found, NotFound> {
    let path = text::to_bytes(name);
    let path = Path::new(OsStr::from_bytes(&path));
    let tongue = text::to_bytes(language);
    let tongue = Path::new(OsStr::from_bytes(&tongue));
    if !stays_inside(path) || !stays_inside(tongue) || tongue.is_absolute() {
        return Err(NotFound::Outside {
            name: name.to_owned(),
            language: language.to_owned(),
        });
    }
    let endings = format::endings_for(rate);
    for stem in stems(sounds, path, language) {
        for (ending, format) in &endings {
            let path = with_ending(&stem, ending);
            match is_file(&path) {
                Ok(true) => {
                    return Ok(Found {
                        path,
                        format: *format,
                    });
                }
                Ok(false) => {}
                Err(error) => return Err(NotFound::Unreadable { path, error }),
            }
        }
    }
    Err(NotFound::Missing {
        name: name.to_owned(),
        language: language.to_owned(),
    })
}

/// A sound file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// What its ending says.
    pub format: Format,
}

impl Found {
    /// How long it is: by its header as far as the file bears it out, or by its size. The error names the
    /// file.
    pub fn length(&self) -> io::Result<Duration> {
        File::open(&self.path)
            .and_then(|file| Layout::of(&file, self.format))
            .map(|layout| layout.length())
            .map_err(|e| named(&self.path, e))
    }

    /// Opens it at its beginning. The error names the file.
    pub fn open(&self) -> io::Result<Reader> {
        Reader::open(&self.path, self.format)
    }
}

/// Why there is no such sound.
#[derive(Debug)]
pub enum NotFound {
    /// No directory has it in any format that we read.
    Missing {
        /// The name asked for.
        name: String,
        /// The language asked for.
        language: String,
    },
    /// The name or the language would lead out of the directory by `..`.
    Outside {
        /// The name asked for.
        name: String,
        /// The language asked for.
        language: String,
    },
    /// The system does not let us see whether it is there.
    Unreadable {
        /// What could not be looked at.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotFound::Missing { name, language } => {
                write!(f, "no sound {name} in language '{language}'")
            }
            NotFound::Outside { name, language } => {
                write!(
                    f,
                    "sound {name} in language '{language}' lies outside: '..' is refused"
                )
            }
            NotFound::Unreadable { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for NotFound {}

impl From<NotFound> for io::Error {
    fn from(error: NotFound) -> io::Error {
        let kind = match &error {
            NotFound::Missing { .. } => io::ErrorKind::NotFound,
            NotFound::Outside { .. } => io::ErrorKind::InvalidInput,
            NotFound::Unreadable { error, .. } => error.kind(),
        };
        io::Error::new(kind, error)
    }
}

/// Puts a file's name before what went wrong with it.
pub(crate) fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Adds an ending; a dot in the name itself stays.
pub(crate) fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut file = OsString::from(stem);
    file.push(".");
    file.push(ending);
    file.into()
}

fn stays_inside(path: &Path) -> bool {
    path.components().all(|c| c != Component::ParentDir)
}

/// The files to look for, without ending, in the order of preference.
fn stems(sounds: &Sounds, name: &Path, language: &str) -> Vec<PathBuf> {
    let (bases, name) = match (name.is_absolute(), name.parent(), name.file_name()) {
        (true, Some(parent), Some(file)) => (vec![parent], Path::new(file)),
        _ => (
            sounds.directories.iter().map(PathBuf::as_path).collect(),
            name,
        ),
    };
    let spoken = languages(language).map(text::to_bytes);
    let mut stems = Vec::new();
    for language in spoken {
        let language = OsStr::from_bytes(&language);
        stems.extend(bases.iter().map(|base| base.join(language).join(name)));
    }
    stems.extend(bases.iter().map(|base| base.join(name)));
    stems
}

/// A language and what it falls back to: `en_GB`, `en`.
fn languages(language: &str) -> impl Iterator<Item = &str> {
    let first = (!language.is_empty()).then_some(language);
    std::iter::successors(first, |l| l.rsplit_once('_').map(|(general, _)| general))
        .filter(|l| !l.is_empty())
}

/// Whether such a file is there. What can be no file's name is no file.
fn is_file(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_file()),
        Err(e) => match e.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::InvalidFilename => Ok(false),
            _ => Err(e),
        },
    }
}
