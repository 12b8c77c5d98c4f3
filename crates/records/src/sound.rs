//! How long a recorded sound lasts, found the way Asterisk finds it.
//!
//! A sound is named without its extension, such as `hello-world` or `digits/1`, and lies below the
//! directory of sounds in a directory for its language: `en/digits/1.gsm`. A name that begins with a
//! slash stands for itself, its language's directory being beside the file: `/tmp/en/hello` before
//! `/tmp/hello`. As in Asterisk a name may hold `..` and so reach any file that the process may read;
//! no more than its length comes out.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Returns how many milliseconds a sound lasts, or None if there is no such sound.
///
/// `directory` is the one that holds the languages. A language that has no such sound falls back: from
/// `en_GB` to `en` to no language at all. Where one language has a sound in several formats they are
/// taken to last as long as each other. A file that is there but cannot be read, or is no WAV file in
/// spite of its name, is an error that names it.
pub fn length(directory: &Path, language: &str, name: &str) -> io::Result<Option<u64>> {
    for stem in stems(directory, language, name) {
        for (extension, format) in FORMATS {
            let file = with_extension(&stem, extension);
            let found = file_length(&file, *format)
                .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", file.display())))?;
            if found.is_some() {
                return Ok(found);
            }
        }
    }
    Ok(None)
}

#[derive(Debug, Clone, Copy)]
enum Format {
    /// RIFF with a header that says how long it is.
    Wav,
    /// Frames of so many bytes and milliseconds after a header of so many bytes.
    Frames {
        header: u64,
        bytes: u64,
        millis: u64,
    },
}

/// Sound without a header, at so many bytes a second.
const fn rate(bytes: u64) -> Format {
    Format::Frames {
        header: 0,
        bytes,
        millis: 1_000,
    }
}

/// Asterisk's extensions of the formats whose length can be told from the file's size or header.
const FORMATS: &[(&str, Format)] = &[
    ("wav", Format::Wav),
    ("wav16", Format::Wav),
    ("ulaw", rate(8_000)),
    ("ul", rate(8_000)),
    ("mu", rate(8_000)),
    ("ulw", rate(8_000)),
    ("pcm", rate(8_000)),
    ("alaw", rate(8_000)),
    ("al", rate(8_000)),
    ("alw", rate(8_000)),
    ("g722", rate(8_000)),
    (
        "gsm",
        Format::Frames {
            header: 0,
            bytes: 33,
            millis: 20,
        },
    ),
    (
        "WAV",
        Format::Frames {
            header: 60,
            bytes: 65,
            millis: 40,
        },
    ),
    (
        "wav49",
        Format::Frames {
            header: 60,
            bytes: 65,
            millis: 40,
        },
    ),
    (
        "g729",
        Format::Frames {
            header: 0,
            bytes: 10,
            millis: 10,
        },
    ),
    (
        "ilbc",
        Format::Frames {
            header: 0,
            bytes: 50,
            millis: 30,
        },
    ),
    ("sln", rate(2 * 8_000)),
    ("raw", rate(2 * 8_000)),
    ("sln12", rate(2 * 12_000)),
    ("sln16", rate(2 * 16_000)),
    ("sln24", rate(2 * 24_000)),
    ("sln32", rate(2 * 32_000)),
    ("sln44", rate(2 * 44_100)),
    ("sln48", rate(2 * 48_000)),
    ("sln96", rate(2 * 96_000)),
    ("sln192", rate(2 * 192_000)),
];

/// The files to look for, without extension, in the order of preference.
fn stems(directory: &Path, language: &str, name: &str) -> Vec<PathBuf> {
    let name = text::to_bytes(name);
    let name = Path::new(OsStr::from_bytes(&name));
    let (base, name) = match (name.is_absolute(), name.parent(), name.file_name()) {
        (true, Some(parent), Some(file)) => (parent, Path::new(file)),
        _ => (directory, name),
    };
    let mut stems: Vec<PathBuf> = languages(language)
        .map(|l| base.join(OsStr::from_bytes(&text::to_bytes(l))).join(name))
        .collect();
    stems.push(base.join(name));
    stems
}

/// A language and what it falls back to: `en_GB`, `en`.
fn languages(language: &str) -> impl Iterator<Item = &str> {
    let first = (!language.is_empty()).then_some(language);
    std::iter::successors(first, |l| l.rsplit_once('_').map(|(general, _)| general))
        .filter(|l| !l.is_empty())
}

/// Adds an extension; a dot in the name itself stays.
fn with_extension(stem: &Path, extension: &str) -> PathBuf {
    let mut file = OsString::from(stem);
    file.push(".");
    file.push(extension);
    file.into()
}

/// None if there is no such file.
fn file_length(file: &Path, format: Format) -> io::Result<Option<u64>> {
    let metadata = match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => metadata,
        Ok(_) => return Ok(None),
        Err(e) => {
            return match e.kind() {
                io::ErrorKind::NotFound
                | io::ErrorKind::NotADirectory
                | io::ErrorKind::InvalidFilename => Ok(None),
                _ => Err(e),
            };
        }
    };
    match format {
        Format::Wav => wav_length(file, metadata.len()).map(Some),
        Format::Frames {
            header,
            bytes,
            millis,
        } => Ok(Some(scale(
            metadata.len().saturating_sub(header),
            millis,
            bytes,
        ))),
    }
}

fn wav_length(file: &Path, size: u64) -> io::Result<u64> {
    let reader = hound::WavReader::new(BufReader::new(File::open(file)?)).map_err(|e| match e {
        hound::Error::IoError(e) => e,
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    })?;
    let spec = reader.spec();
    let frame = u64::from(spec.channels) * u64::from(spec.bits_per_sample / 8);
    let rate = u64::from(spec.sample_rate);
    if rate == 0 || frame == 0 {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a WAV header without a rate",
        ));
    }
    // A header may promise more than the file holds; nobody shall wait for that.
    Ok(scale(
        u64::from(reader.duration()).min(size / frame),
        1_000,
        rate,
    ))
}

/// `amount * by / per` for a `per` that is not zero.
fn scale(amount: u64, by: u64, per: u64) -> u64 {
    u64::try_from(u128::from(amount) * u128::from(by) / u128::from(per)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(files: &[(&str, usize)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for (name, size) in files {
            let file = directory.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, vec![0; *size]).unwrap();
        }
        directory
    }

    /// A WAV file of 16-bit silence.
    fn wav(file: &Path, sample_rate: u32, channels: u16, frames: u32) {
        let spec = hound::WavSpec {
            channels,
            sample_rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(file, spec).unwrap();
        for _ in 0..frames * u32::from(channels) {
            writer.write_sample(0_i16).unwrap();
        }
        writer.finalize().unwrap();
    }

    #[test]
    fn every_format_is_measured() {
        for (name, size, millis) in [
            ("x.gsm", 33 * 50, 1_000),
            ("x.ulaw", 4_000, 500),
            ("x.ul", 8_000, 1_000),
            ("x.pcm", 8_000, 1_000),
            ("x.alaw", 8_000, 1_000),
            ("x.al", 8_000, 1_000),
            ("x.g722", 8_004, 1_000),
            ("x.sln", 16_000, 1_000),
            ("x.sln16", 32_000, 1_000),
            ("x.sln44", 88_200, 1_000),
            ("x.sln192", 384_000, 1_000),
            ("x.g729", 100, 100),
            ("x.ilbc", 100, 60),
            ("x.WAV", 60 + 65 * 25, 1_000),
            ("x.WAV", 59, 0),
            ("x.ulaw", 0, 0),
        ] {
            let directory = sounds(&[(name, size)]);
            let found = length(directory.path(), "en", "x").unwrap();
            assert_eq!(found, Some(millis), "{name}");
        }
    }

    #[test]
    fn the_language_falls_back() {
        let directory = sounds(&[
            ("en_GB/digits/1.gsm", 33),
            ("en/digits/1.gsm", 66),
            ("en/digits/2.gsm", 66),
            ("digits/1.gsm", 99),
            ("digits/2.gsm", 99),
            ("digits/3.gsm", 99),
        ]);
        let measure = |language, name| length(directory.path(), language, name).unwrap();
        assert_eq!(measure("en_GB", "digits/1"), Some(20));
        assert_eq!(measure("en_GB", "digits/2"), Some(40));
        assert_eq!(measure("en_GB", "digits/3"), Some(60));
        assert_eq!(measure("en", "digits/1"), Some(40));
        assert_eq!(measure("de", "digits/1"), Some(60));
        assert_eq!(measure("", "digits/1"), Some(60));
        assert_eq!(measure("_", "digits/1"), Some(60));
        assert_eq!(measure("en", "digits/4"), None);
        assert_eq!(measure("en", "digits/1/deeper"), None);
        assert_eq!(measure("en", &"long".repeat(1_000)), None);
    }

    #[test]
    fn absolute_names_stand_for_themselves() {
        let directory = sounds(&[("en/x.gsm", 33), ("x.gsm", 66), ("x.y.gsm", 99)]);
        let name = directory.path().join("x").display().to_string();
        let elsewhere = Path::new("/nonexistent");
        assert_eq!(length(elsewhere, "en", &name).unwrap(), Some(20));
        assert_eq!(length(elsewhere, "de", &name).unwrap(), Some(40));
        assert_eq!(
            length(elsewhere, "de", &format!("{name}.y")).unwrap(),
            Some(60)
        );
        assert_eq!(length(elsewhere, "en", "/").unwrap(), None);
    }

    #[test]
    fn wav_files_say_themselves_how_long_they_are() {
        let directory = sounds(&[]);
        wav(&directory.path().join("mono.wav"), 8_000, 1, 2_000);
        wav(&directory.path().join("wide.wav16"), 16_000, 2, 2_000);
        assert_eq!(length(directory.path(), "en", "mono").unwrap(), Some(250));
        assert_eq!(length(directory.path(), "en", "wide").unwrap(), Some(125));
    }

    #[test]
    fn a_wav_header_is_not_believed_beyond_the_file() {
        let directory = sounds(&[]);
        let file = directory.path().join("x.wav");
        wav(&file, 8_000, 1, 80_000);
        fs::OpenOptions::new()
            .write(true)
            .open(&file)
            .unwrap()
            .set_len(16_000)
            .unwrap();
        assert_eq!(length(directory.path(), "en", "x").unwrap(), Some(1_000));
    }

    #[test]
    fn a_broken_wav_is_an_error_that_names_it() {
        let directory = sounds(&[("en/x.wav", 100)]);
        let error = length(directory.path(), "en", "x").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(error.to_string().contains("en/x.wav: "), "{error}");
    }
}
