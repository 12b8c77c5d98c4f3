//! Rows that are appended to CSV files by a thread of their own.
//!
//! A file is opened for each batch of rows and closed after it. So nothing needs to be told when a log
//! is rotated: a file that was moved away is left alone and a new one begins.

mod line;
#[cfg(test)]
mod tests;
mod writer;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

pub(crate) use writer::{Batch, Format};
use writer::{Item, Tally, Writer};

use crate::limits;

/// Hears of every failure, on the writer's thread; no more often than once a file in each batch, and
/// once for each account name that is refused.
pub type Report = Box<dyn FnMut(&Error) + Send>;

/// The writing end of a set of CSV files for rows of one kind. Dropping it is [`close`](Self::close).
///
/// Made by [`cdr::csv`](crate::cdr::csv) and [`cel::csv`](crate::cel::csv).
#[derive(Debug)]
pub struct CsvWriter<R> {
    tally: Arc<Tally>,
    /// Some until it is closed.
    open: Option<(SyncSender<Item<R>>, JoinHandle<()>)>,
}

/// What became of the rows so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Rows that are in all their files.
    pub written: u64,
    /// Rows that at least one file did not take.
    pub failed: u64,
    /// Rows that found the queue full.
    pub dropped: u64,
}

/// A row that found the queue full, and is counted as dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped;

/// Why rows are missing from a file.
#[derive(Debug)]
pub enum Error {
    /// A file did not take the rows of a batch; what it took of them was cut off again.
    File {
        /// The file.
        file: PathBuf,
        /// How many rows it was to take.
        rows: usize,
        /// What the operating system said.
        source: io::Error,
    },
    /// An account whose name would lead to a file elsewhere has no file of its own.
    AccountName {
        /// The account's name.
        account: String,
    },
}

impl<R: Send + 'static> CsvWriter<R> {
    /// Hands a row to the writer's thread; never blocks.
    pub fn write(&self, row: R) -> Result<(), Dropped> {
        let taken = self
            .open
            .as_ref()
            .is_some_and(|(q, _)| q.try_send(Item::Row(row)).is_ok());
        if taken {
            return Ok(());
        }
        self.tally.dropped();
        Err(Dropped)
    }

    /// Blocks until all rows handed over before are in their files, or have failed.
    pub fn flush(&self) {
        let (flushed, wait) = sync_channel(1);
        if let Some((queue, _)) = &self.open
            && queue.send(Item::Flush(flushed)).is_ok()
        {
            // An error means that the thread has gone, and nothing is left to wait for.
            let _ = wait.recv();
        }
    }

    /// What became of the rows so far.
    pub fn counters(&self) -> Counters {
        self.tally.read()
    }

    /// Writes what is waiting and ends the thread. Blocks until that is done.
    pub fn close(self) {}

    pub(crate) fn start(
        directory: &Path,
        format: impl Format<R>,
        report: Report,
    ) -> io::Result<Self> {
        Self::start_with_queue(directory, format, report, limits::CSV_QUEUE)
    }

    fn start_with_queue(
        directory: &Path,
        format: impl Format<R>,
        report: Report,
        length: usize,
    ) -> io::Result<Self> {
        let (queue, waiting) = sync_channel(length);
        let tally = Arc::new(Tally::default());
        let writer = Writer {
            directory: directory.into(),
            format,
            report,
            waiting,
            tally: Arc::clone(&tally),
        };
        let thread = thread::Builder::new()
            .name("csv".into())
            .spawn(move || writer.run())?;
        Ok(CsvWriter {
            tally,
            open: Some((queue, thread)),
        })
    }
}

impl<R> Drop for CsvWriter<R> {
    fn drop(&mut self) {
        if let Some((queue, thread)) = self.open.take() {
            drop(queue);
            // The only error is a panic in `report`, which the panic hook has told of.
            let _ = thread.join();
        }
    }
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many rows are waiting for the disk: a row was dropped")
    }
}

impl std::error::Error for Dropped {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File { file, rows, source } => {
                write!(f, "{}: {rows} row(s) not written: {source}", file.display())
            }
            Error::AccountName { account } => {
                write!(
                    f,
                    "account {account:?} is no safe name for a file: no file of its own"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::File { source, .. } => Some(source),
            Error::AccountName { .. } => None,
        }
    }
}
