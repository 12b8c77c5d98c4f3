//! The thread that writes, and all that is said to SQLite.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::Receiver;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, Transaction, TransactionBehavior};

use super::{Change, Done, Entries, Error, Statistics};
use crate::limits;

/// Asterisk's own, to the letter.
const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS \
    astdb(key VARCHAR(256), value VARCHAR(256), PRIMARY KEY(key))";

/// Makes a connection durable, checks the file and reads it.
pub(super) fn prepare(connection: &Connection, file: &Path) -> Result<Entries, Error> {
    let finding = configure(connection).map_err(|e| Error::sqlite(file, e))?;
    if finding != "ok" {
        return Err(Error::Damaged {
            file: file.into(),
            finding,
        });
    }
    read(connection).map_err(|e| Error::sqlite(file, e))
}

/// A change in the queue.
pub(super) struct Ticket {
    pub(super) change: Change,
    pub(super) done: Done,
}

/// What the thread owns.
pub(super) struct Writer {
    pub(super) file: PathBuf,
    pub(super) connection: Connection,
    pub(super) waiting: Receiver<Ticket>,
    pub(super) tally: Arc<Tally>,
}

impl Writer {
    /// Writes until the handle is gone and the queue is empty.
    pub(super) fn run(mut self) -> rusqlite::Result<()> {
        while let Ok(first) = self.waiting.recv() {
            let mut batch = vec![first];
            batch.extend(self.waiting.try_iter().take(limits::DATABASE_BATCH - 1));
            let outcome = commit(&mut self.connection, &batch)
                .map_err(|e| format!("key database {}: {e}", self.file.display()));
            self.tally.batch(batch.len(), outcome.is_ok());
            for ticket in batch {
                // A panic in there is its owner's; the others' changes are still to be reported.
                let report = AssertUnwindSafe(|| (ticket.done)(outcome.clone()));
                let _ = catch_unwind(report);
            }
        }
        self.connection.close().map_err(|(_, e)| e)
    }
}

/// [`Statistics`] as they grow.
#[derive(Debug, Default)]
pub(super) struct Tally {
    committed: AtomicU64,
    transactions: AtomicU64,
    failed: AtomicU64,
    refused: AtomicU64,
}

impl Tally {
    pub(super) fn read(&self) -> Statistics {
        Statistics {
            committed: self.committed.load(Relaxed),
            transactions: self.transactions.load(Relaxed),
            failed: self.failed.load(Relaxed),
            refused: self.refused.load(Relaxed),
        }
    }

    pub(super) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    fn batch(&self, changes: usize, written: bool) {
        let changes = changes as u64;
        if written {
            self.transactions.fetch_add(1, Relaxed);
            self.committed.fetch_add(changes, Relaxed);
        } else {
            self.failed.fetch_add(changes, Relaxed);
        }
    }
}

/// Returns what SQLite's own check of the file says: `ok`, or the first damage.
fn configure(connection: &Connection) -> rusqlite::Result<String> {
    connection.busy_timeout(limits::DATABASE_LOCK)?;
    let finding =
        connection.query_row("PRAGMA quick_check(1)", (), |row| row.get::<_, String>(0))?;
    if finding != "ok" {
        return Ok(finding);
    }
    // On a file system that has no write-ahead log SQLite stays with its rollback journal. `EXTRA`
    // makes a commit durable in either mode: it syncs the log, or the journal and its directory.
    connection.query_row("PRAGMA journal_mode = WAL", (), |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = EXTRA")?;
    connection.execute_batch(SCHEMA)?;
    Ok(finding)
}

fn read(connection: &Connection) -> rusqlite::Result<Entries> {
    let mut select =
        connection.prepare("SELECT key, value FROM astdb WHERE key IS NOT NULL ORDER BY key")?;
    let rows = select.query_map((), |row| {
        Ok((column(row.get_ref(0)?), column(row.get_ref(1)?)))
    })?;
    rows.collect()
}

/// The columns' affinity is text; a NULL can only be the work of another program.
fn column(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => text::decode(bytes).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => String::new(),
    }
}

fn commit(connection: &mut Connection, batch: &[Ticket]) -> rusqlite::Result<()> {
    // Dropped without a commit, a transaction is rolled back.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    apply(&transaction, batch)?;
    transaction.commit()
}

fn apply(transaction: &Transaction<'_>, batch: &[Ticket]) -> rusqlite::Result<()> {
    let mut put =
        transaction.prepare("INSERT OR REPLACE INTO astdb (key, value) VALUES (?1, ?2)")?;
    let mut delete = transaction.prepare("DELETE FROM astdb WHERE key = ?1")?;
    // A range of the primary key rather than LIKE, which ignores case and reads `_` and `%`.
    let mut delete_tree = transaction
        .prepare("DELETE FROM astdb WHERE key = ?1 OR (key >= ?1 || '/' AND key < ?1 || '0')")?;
    for ticket in batch {
        match &ticket.change {
            Change::Put { key, value } => put.execute((Bytes::of(key), Bytes::of(value)))?,
            Change::Delete { key } => delete.execute([Bytes::of(key)])?,
            Change::DeleteTree { prefix } => match prefix.trim_end_matches('/') {
                "" => transaction.execute("DELETE FROM astdb", ())?,
                top => delete_tree.execute([Bytes::of(top)])?,
            },
        };
    }
    Ok(())
}

/// A string's own bytes, in SQLite's type for text.
struct Bytes<'a>(Cow<'a, [u8]>);

impl Bytes<'_> {
    fn of(text: &str) -> Bytes<'_> {
        Bytes(text::to_bytes(text))
    }
}

impl ToSql for Bytes<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(&self.0)))
    }
}
