//! How long a file may be.

use super::{Complaints, Source, shown};

/// Nothing is longer.
const MOST: usize = 800;
/// What is longer says why, in a line that begins with [`REASON`].
const USUAL: usize = 400;
const REASON: &str = "// Long because ";
/// A `mod.rs` says what is in the directory; what does the work has a name.
const MODULE: usize = 200;

pub(super) fn check(sources: &[Source]) -> Complaints {
    sources
        .iter()
        .filter(|source| source.is_rust())
        .filter_map(complaint)
        .collect()
}

fn complaint(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    let path = shown(&source.path);
    if lines > MOST {
        Some(format!(
            "{path}: {lines} lines; split it, {MOST} is the most"
        ))
    } else if lines > USUAL && !source.text.lines().any(|line| line.starts_with(REASON)) {
        Some(format!(
            "{path}: {lines} lines; over {USUAL} it says `{REASON}…`, or is split"
        ))
    } else if lines > MODULE && source.name() == "mod.rs" {
        Some(format!(
            "{path}: {lines} lines; a mod.rs has at most {MODULE}"
        ))
    } else {
        None
    }
}
