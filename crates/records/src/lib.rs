//! What the switch keeps on disk: the key database and call records as CSV.
//!
//! Nothing here knows an async runtime. Whatever must write has a thread of its own behind a bounded
//! queue; handing work over never blocks the caller, and a full queue is an error that is told and
//! counted.
//!
//! * [`key_database`]: families and keys in SQLite, in Asterisk's own schema;
//! * [`cdr`]: a row for each call, as `cdr-csv/Master.csv`;
//! * [`cel`]: a row for each event of a channel's life, as `cel-custom/Master.csv`;
//! * [`csv`]: the writer that both share.
#![forbid(unsafe_code)]

pub mod cdr;
pub mod cel;
pub mod csv;
pub mod key_database;
mod limits;
mod time;

pub use key_database::{Change, KeyDatabase};
