//! The thread behind a [`CsvWriter`](super::CsvWriter).

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender};

use super::line::Line;
use super::{Counters, Error, Report};
use crate::limits;

/// How rows of one kind become lines, and of which files.
pub(crate) trait Format<R>: Send + 'static {
    /// Adds the lines of one row.
    fn add(&self, row: &R, batch: &mut Batch);
}

/// Rows on their way into files.
#[derive(Default)]
pub(crate) struct Batch {
    rows: usize,
    files: BTreeMap<String, Lines>,
    /// Rows with trouble that was found before any file was opened.
    refused: Vec<(usize, Error)>,
}

impl Batch {
    /// Begins a line of the row that is being added.
    pub(crate) fn line(&mut self, file: &str) -> Line<'_> {
        let lines = self.files.entry(file.into()).or_default();
        lines.rows.push(self.rows);
        Line::begin(&mut lines.bytes)
    }

    /// Says that a line of the row that is being added cannot be written.
    pub(crate) fn refuse(&mut self, error: Error) {
        self.refused.push((self.rows, error));
    }

    #[cfg(test)]
    pub(crate) fn bytes(&self, file: &str) -> &[u8] {
        self.files.get(file).map_or(&[], |lines| &lines.bytes)
    }
}

/// What waits in the queue.
#[derive(Debug)]
pub(super) enum Item<R> {
    Row(R),
    Flush(SyncSender<()>),
}

/// What the thread owns.
pub(super) struct Writer<R, F> {
    pub(super) directory: PathBuf,
    pub(super) format: F,
    pub(super) report: Report,
    pub(super) waiting: Receiver<Item<R>>,
    pub(super) tally: Arc<Tally>,
}

impl<R, F: Format<R>> Writer<R, F> {
    /// Writes until the handle is gone and the queue is empty.
    pub(super) fn run(mut self) {
        while let Ok(first) = self.waiting.recv() {
            let mut batch = Batch::default();
            let mut flushed = Vec::new();
            let more = self.waiting.try_iter().take(limits::CSV_BATCH - 1);
            for item in std::iter::once(first).chain(more) {
                match item {
                    Item::Row(row) => {
                        self.format.add(&row, &mut batch);
                        batch.rows += 1;
                    }
                    Item::Flush(done) => flushed.push(done),
                }
            }
            self.write(batch);
            for done in flushed {
                // Whoever waited may have gone.
                let _ = done.send(());
            }
        }
    }

    fn write(&mut self, batch: Batch) {
        let mut failed = BTreeSet::new();
        for (row, error) in batch.refused {
            failed.insert(row);
            (self.report)(&error);
        }
        for (name, lines) in batch.files {
            let file = self
                .directory
                .join(OsStr::from_bytes(&text::to_bytes(&name)));
            if let Err(source) = append(&file, &lines.bytes) {
                (self.report)(&Error::File {
                    file,
                    rows: lines.rows.len(),
                    source,
                });
                failed.extend(lines.rows);
            }
        }
        self.tally.batch(batch.rows, failed.len());
    }
}

/// [`Counters`] as they grow.
#[derive(Debug, Default)]
pub(super) struct Tally {
    written: AtomicU64,
    failed: AtomicU64,
    dropped: AtomicU64,
}

impl Tally {
    pub(super) fn read(&self) -> Counters {
        Counters {
            written: self.written.load(Relaxed),
            failed: self.failed.load(Relaxed),
            dropped: self.dropped.load(Relaxed),
        }
    }

    pub(super) fn dropped(&self) {
        self.dropped.fetch_add(1, Relaxed);
    }

    fn batch(&self, rows: usize, failed: usize) {
        self.written
            .fetch_add(rows.saturating_sub(failed) as u64, Relaxed);
        self.failed.fetch_add(failed as u64, Relaxed);
    }
}

#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
    rows: Vec<usize>,
}

fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = open(path)?;
    let before = file.metadata()?.len();
    file.write_all(bytes).inspect_err(|_| {
        // Half a line would swallow the next one. What cannot be cut, such as a pipe, stays.
        let _ = file.set_len(before);
    })
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    match (options.open(path), path.parent()) {
        (Err(e), Some(directory)) if e.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(directory)?;
            options.open(path)
        }
        (opened, _) => opened,
    }
}
