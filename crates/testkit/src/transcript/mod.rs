//! Recorded sessions: what a client does, what a reference server answered, and whether another server
//! answers the same.
//!
//! A [`Scenario`] is a client's steps as a text file; [`Recording`]s are what the server answered to them,
//! one for each way in which it was seen to race with itself. [`Scenario::run`] plays the steps against a
//! server and gives a [`Log`], [`compare`] holds that against the recordings, packet by packet, and
//! [`check_all`] does so with all scenarios, in the order in which they were recorded.
//!
//! Values that no two runs share (instants, identifiers, paths) are masked before they are compared.
//! Packets that may come in either order are matched by content; beside that, the order of each channel's
//! own events is compared.

mod check;
mod compare;
mod leftovers;
mod log;
mod mask;
mod recording;
mod report;
mod run;
mod scenario;

use std::path::{Path, PathBuf};

pub use check::{Table, check_all};
pub use compare::compare;
pub use leftovers::{Leftover, Leftovers};
pub use log::{Log, Packet};
pub use recording::Recording;
pub use report::{Differing, Report, Upset};
pub use run::{Failed, Pace, Server};
pub use scenario::{Scenario, Unreadable};

/// Puts a copy of the configuration that the recordings were made on into a directory, which must exist.
///
/// It is a copy because scenarios write into it.
pub fn copy_configuration(into: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(directory("etc"))? {
        let entry = entry?;
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "conf")
        {
            std::fs::copy(entry.path(), into.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// A directory of this crate.
fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
