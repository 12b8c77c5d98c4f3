//! `cargo xtask tidy`: the rules of the house that no compiler checks.

mod arrows;
mod crates;
mod lists;
mod places;
mod sizes;

use std::path::{Path, PathBuf};

use crate::{Failure, checkout};

/// What a rule found: a sentence that names the place.
type Complaints = Vec<String>;

/// A file of ours with its text; what is not UTF-8 is test data and no rule's business.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn is_rust(&self) -> bool {
        self.path
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    fn name(&self) -> &str {
        self.path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
    }
}

/// Runs every rule and fails if one found something.
pub(crate) fn run() -> Result<(), Failure> {
    let sources = sources()?;
    let metadata = metadata()?;
    let mut complaints = arrows::check(&metadata)?;
    complaints.extend(crates::check(&metadata)?);
    complaints.extend(sizes::check(&sources));
    complaints.extend(places::check(&sources));
    complaints.extend(lists::check(&sources));
    if complaints.is_empty() {
        println!("tidy: {} files in order", sources.len());
        return Ok(());
    }
    complaints.sort();
    Err(format!(
        "{}\ntidy: {} complaints",
        complaints.join("\n"),
        complaints.len()
    )
    .into())
}

fn sources() -> Result<Vec<Source>, Failure> {
    let root = checkout::root();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(root.join(&path)).ok()?;
        Some(Source { path, text })
    };
    Ok(checkout::files()?.into_iter().filter_map(read).collect())
}

/// What `cargo metadata` says of our own crates.
fn metadata() -> Result<Vec<serde_json::Value>, Failure> {
    let output = checkout::cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().cloned();
    packages.ok_or_else(|| "cargo metadata names no packages".into())
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.strip_prefix(checkout::root())
        .unwrap_or(path)
        .display()
        .to_string()
}
