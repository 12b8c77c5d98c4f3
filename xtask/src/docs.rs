//! `cargo xtask docs`: the pages of `docs/reference`, made from the declarations in the code.
//!
//! The work is done by `src/bin/reference.rs`, which knows the crates that hold the declarations; this
//! program does not, so that the other chores run while those crates do not compile.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, checkout};

/// Writes the pages.
pub(crate) fn write() -> Result<(), Failure> {
    generate(&pages())
}

/// Fails if a page is not what [`write()`] would write.
pub(crate) fn check() -> Result<(), Failure> {
    let fresh = checkout::target().join("reference");
    generate(&fresh)?;
    let (fresh, kept) = (read(&fresh)?, read(&pages())?);
    let names = fresh.keys().chain(kept.keys());
    let mut stale: Vec<_> = names
        .filter(|name| fresh.get(*name) != kept.get(*name))
        .collect();
    stale.sort();
    stale.dedup();
    if stale.is_empty() {
        println!("docs: {} pages up to date", kept.len());
        return Ok(());
    }
    Err(format!("docs/reference is out of date, run `cargo xtask docs`: {stale:?}").into())
}

fn pages() -> PathBuf {
    checkout::root().join("docs/reference")
}

fn generate(into: &Path) -> Result<(), Failure> {
    if into.exists() {
        std::fs::remove_dir_all(into)?;
    }
    std::fs::create_dir_all(into)?;
    // Of the whole workspace, so that dependencies have the features that they have in the tests.
    checkout::succeed(
        checkout::cargo()
            .args(["build", "--quiet", "--workspace", "--bin", "reference"])
            .args(["--features", "xtask/reference"]),
    )?;
    checkout::succeed(Command::new(checkout::target().join("debug/reference")).arg(into))
}

/// Every file of a directory by name.
fn read(directory: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, std::fs::read(entry.path())?);
    }
    Ok(files)
}
