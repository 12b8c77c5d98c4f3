//! The key database: one file of SQLite in Asterisk's own schema, so that an existing one opens.
//!
//! Keys look like `/family/key`; a family may hold slashes itself. Everything is read once, by
//! [`KeyDatabase::open`]; from then on the switch reads its own mirror and sends each [`Change`] here.
//! A thread takes what is waiting, writes it in one transaction and reports each change when the
//! transaction is on the disk: what was reported as done survives a `kill -9` and a power failure.
//! Changes become durable in the order in which they were submitted.
//!
//! Bytes that are not UTF-8 are stored as they came, as SQLite `TEXT`, which is what Asterisk does.

mod error;
#[cfg(test)]
mod tests;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

pub use error::Error;
use writer::{Tally, Ticket, Writer};

use crate::limits;

/// The name that Asterisk gives the file, in its database directory.
pub const FILE_NAME: &str = "astdb.sqlite3";

/// All keys with their values, sorted by the bytes of the key.
pub type Entries = Vec<(String, String)>;

/// Hears once what became of a change; the error is a sentence for the log.
pub type Done = Box<dyn FnOnce(Result<(), String>) + Send>;

/// Something to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Sets a key, which may exist.
    Put {
        /// The whole key, such as `/family/key`.
        key: String,
        /// Its new value.
        value: String,
    },
    /// Removes a key. One that does not exist is no error.
    Delete {
        /// The whole key.
        key: String,
    },
    /// Removes a key and all that lie below it: `/a` takes `/a` and `/a/b/c` but not `/ab`. An empty
    /// prefix, or a single slash, takes everything.
    DeleteTree {
        /// The key at the top of the tree, with or without a slash at its end.
        prefix: String,
    },
}

/// What a key database has done since it was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Changes that are on the disk.
    pub committed: u64,
    /// Transactions that brought them there.
    pub transactions: u64,
    /// Changes that SQLite could not write.
    pub failed: u64,
    /// Changes that were refused at once, because the queue was full or their text cannot be stored.
    pub refused: u64,
}

/// The writing end of an open key database. Dropping it is [`close`](Self::close) without the answer.
#[derive(Debug)]
pub struct KeyDatabase {
    file: PathBuf,
    tally: Arc<Tally>,
    /// Some until it is closed.
    open: Option<(SyncSender<Ticket>, JoinHandle<rusqlite::Result<()>>)>,
}

impl KeyDatabase {
    /// Opens the file, creating it where it does not exist, checks it and reads all of it.
    ///
    /// The directory must exist. A file that is not SQLite, is damaged or holds another table of the
    /// name `astdb` is an [`Error`] that names the file; it is never repaired or replaced.
    pub fn open(file: impl Into<PathBuf>) -> Result<(Entries, KeyDatabase), Error> {
        Self::open_with_queue(file.into(), limits::DATABASE_QUEUE)
    }

    /// Hands a change to the database's thread and returns at once.
    ///
    /// `done` is called exactly once: on that thread after the transaction, or here and now if the
    /// change is refused (the queue is full, or a text holds a NUL, at which Asterisk would cut it).
    pub fn submit(&self, change: Change, done: Done) {
        let refusal = match (&self.open, &change) {
            (None, _) => "is closed",
            (_, change) if change.holds_nul() => "cannot store a NUL byte",
            (Some((queue, _)), _) => match queue.try_send(Ticket { change, done }) {
                Ok(()) => return,
                Err(TrySendError::Full(ticket)) => {
                    return self.refuse(ticket.done, "has too many changes waiting for the disk");
                }
                Err(TrySendError::Disconnected(ticket)) => {
                    return self.refuse(ticket.done, "has stopped writing");
                }
            },
        };
        self.refuse(done, refusal);
    }

    /// What was written so far.
    pub fn statistics(&self) -> Statistics {
        self.tally.read()
    }

    /// Where the database lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Writes and reports everything that is waiting, then closes the file. Blocks until that is done.
    pub fn close(mut self) -> Result<(), Error> {
        self.finish()
    }

    fn open_with_queue(file: PathBuf, length: usize) -> Result<(Entries, KeyDatabase), Error> {
        let connection = Connection::open(&file).map_err(|e| Error::sqlite(&file, e))?;
        let entries = writer::prepare(&connection, &file)?;
        let (queue, waiting) = sync_channel(length);
        let tally = Arc::new(Tally::default());
        let writer = Writer {
            file: file.clone(),
            connection,
            waiting,
            tally: Arc::clone(&tally),
        };
        let thread = thread::Builder::new()
            .name("key-database".into())
            .spawn(move || writer.run())
            .map_err(|source| Error::Thread {
                file: file.clone(),
                source,
            })?;
        Ok((
            entries,
            KeyDatabase {
                file,
                tally,
                open: Some((queue, thread)),
            },
        ))
    }

    fn refuse(&self, done: Done, why: &str) {
        self.tally.refused();
        done(Err(format!(
            "the key database {} {why}",
            self.file.display()
        )));
    }

    fn finish(&mut self) -> Result<(), Error> {
        let Some((queue, thread)) = self.open.take() else {
            return Ok(());
        };
        drop(queue);
        match thread.join() {
            Ok(closed) => closed.map_err(|e| Error::sqlite(&self.file, e)),
            Err(_) => Err(Error::Panicked {
                file: self.file.clone(),
            }),
        }
    }
}

impl Drop for KeyDatabase {
    fn drop(&mut self) {
        // Whoever wants to hear of a failure calls `close`.
        let _ = self.finish();
    }
}

impl Change {
    fn holds_nul(&self) -> bool {
        match self {
            Change::Put { key, value } => key.contains('\0') || value.contains('\0'),
            Change::Delete { key } => key.contains('\0'),
            Change::DeleteTree { prefix } => prefix.contains('\0'),
        }
    }
}
