//! Every limit of this crate, with its reason.

use std::time::Duration;

/// Changes of the key database that may wait for the disk. A dialer that stores a key for each call at
/// a thousand calls a second has some eight seconds of a stalled disk before it is refused.
pub(crate) const DATABASE_QUEUE: usize = 8_192;

/// Changes that one transaction takes. One sync of the disk is shared by all of them; more would gain
/// little and make the first of them wait longer.
pub(crate) const DATABASE_BATCH: usize = 1_024;

/// How long another program, such as the `sqlite3` shell, may hold the key database's lock.
pub(crate) const DATABASE_LOCK: Duration = Duration::from_secs(5);

/// Rows that may wait for a CSV file. Ten thousand calls that are hung up at once fit.
pub(crate) const CSV_QUEUE: usize = 16_384;

/// Rows that are written to their files together.
pub(crate) const CSV_BATCH: usize = 256;
