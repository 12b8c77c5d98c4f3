//! The log's files.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::settings::Rotation;
use super::{Line, Settings, Style};

/// Old files that are kept of each, as Asterisk does not say and a disk must not fill up.
const KEPT: usize = 100;

/// The files of the settings, opened when the first line comes.
pub(super) struct Files {
    directory: PathBuf,
    settings: Arc<Settings>,
    /// As many as the settings have, in their order.
    open: Vec<Slot>,
}

enum Slot {
    /// Nothing was written yet.
    Closed,
    Open(BufWriter<File>),
    /// It could not be opened, which was said once.
    Broken,
}

impl Files {
    pub(super) fn new(directory: PathBuf, settings: Arc<Settings>) -> Files {
        let mut files = Files {
            directory,
            settings: settings.clone(),
            open: Vec::new(),
        };
        files.configure(settings);
        files
    }

    pub(super) fn configure(&mut self, settings: Arc<Settings>) {
        self.flush();
        self.open = settings.files.iter().map(|_| Slot::Closed).collect();
        self.settings = settings;
    }

    pub(super) fn write(&mut self, line: &Line) {
        let style = Style {
            date: &self.settings.date,
            ..Style::default()
        };
        let mut written = None;
        for (file, slot) in self.settings.files.iter().zip(&mut self.open) {
            // A file has no verbosity of its own, so a bare `verbose` takes all there is.
            if !file.levels.hold(line, u8::MAX) {
                continue;
            }
            if matches!(slot, Slot::Closed) {
                *slot = open(&self.directory.join(&file.name));
            }
            let Slot::Open(writer) = slot else { continue };
            let text = written.get_or_insert_with(|| line.for_file(style));
            if let Err(e) = writeln!(writer, "{text}") {
                complain(&self.directory.join(&file.name), &e);
                *slot = Slot::Broken;
            }
        }
    }

    pub(super) fn flush(&mut self) {
        for (file, slot) in self.settings.files.iter().zip(&mut self.open) {
            if let Slot::Open(writer) = slot
                && let Err(e) = writer.flush()
            {
                complain(&self.directory.join(&file.name), &e);
                *slot = Slot::Broken;
            }
        }
    }

    pub(super) fn rotate(&mut self) -> Result<(), String> {
        self.flush();
        let mut failed = Vec::new();
        for (file, slot) in self.settings.files.iter().zip(&mut self.open) {
            *slot = Slot::Closed;
            let path = self.directory.join(&file.name);
            if let Err(e) = put_away(&path, self.settings.rotation) {
                failed.push(format!("{}: {e}", path.display()));
            }
        }
        if failed.is_empty() {
            Ok(())
        } else {
            Err(failed.join("; "))
        }
    }
}

fn open(path: &Path) -> Slot {
    match OpenOptions::new().create(true).append(true).open(path) {
        Ok(file) => Slot::Open(BufWriter::new(file)),
        Err(e) => {
            complain(path, &e);
            Slot::Broken
        }
    }
}

/// The log cannot tell of its own faults but here.
fn complain(path: &Path, error: &std::io::Error) {
    // Nobody is left to tell when this fails too.
    let _ = writeln!(std::io::stderr(), "log: {}: {error}", path.display());
}

fn put_away(path: &Path, rotation: Rotation) -> std::io::Result<()> {
    let numbered = |number: usize| PathBuf::from(format!("{}.{number}", path.display()));
    if !path.exists() {
        return Ok(());
    }
    match rotation {
        Rotation::None => Ok(()),
        Rotation::Timestamp => {
            let now = jiff::Timestamp::now().as_second();
            fs::rename(path, format!("{}.{now}", path.display()))
        }
        Rotation::Sequential => {
            let free = (0..).map(numbered).find(|old| !old.exists());
            free.map_or(Ok(()), |free| fs::rename(path, free))
        }
        Rotation::Rotate => {
            let used = (0..KEPT)
                .take_while(|number| numbered(*number).exists())
                .count();
            for number in (0..used).rev() {
                fs::rename(numbered(number), numbered(number + 1))?;
            }
            fs::rename(path, numbered(0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Level;
    use crate::log::line::Levels;
    use crate::log::settings::Destination;

    fn files(directory: &Path, rotation: Rotation) -> Files {
        let files = vec![Destination {
            name: "messages".into(),
            levels: Levels::parse("notice").0,
        }];
        Files::new(
            directory.into(),
            Arc::new(Settings {
                files,
                rotation,
                ..Settings::default()
            }),
        )
    }

    fn say(files: &mut Files, text: &str) {
        files.write(&Line::new(Level::Notice, "test", text));
        files.flush();
    }

    #[test]
    fn a_file_takes_its_levels() {
        let directory = tempfile::tempdir().unwrap();
        let mut files = files(directory.path(), Rotation::Sequential);
        files.write(&Line::new(Level::Debug, "test", "not this"));
        say(&mut files, "this");
        let text = fs::read_to_string(directory.path().join("messages")).unwrap();
        assert!(text.ends_with("test: this\n") && text.lines().count() == 1);
    }

    #[test]
    fn rotating_keeps_what_was_there() {
        for (rotation, first, second) in [
            (Rotation::Sequential, "messages.0", "messages.1"),
            (Rotation::Rotate, "messages.1", "messages.0"),
        ] {
            let directory = tempfile::tempdir().unwrap();
            let mut files = files(directory.path(), rotation);
            for text in ["one", "two"] {
                say(&mut files, text);
                files.rotate().unwrap();
            }
            say(&mut files, "three");
            let read = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
            assert!(read(first).ends_with("one\n") && read(second).ends_with("two\n"));
            assert!(read("messages").ends_with("three\n"));
        }
    }
}
