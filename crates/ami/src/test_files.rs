//! For tests: the names of the source files of a directory of words.

use std::path::Path;

/// The stems of `src/<directory>/<domain>/*.rs` for the domains asked for, without underscores, sorted.
pub(crate) fn stems(directory: &str, domain: impl Fn(&str) -> bool) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(directory);
    let mut stems = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !path.is_dir() || name == "tests" || !domain(name) {
            continue;
        }
        for file in std::fs::read_dir(path).unwrap() {
            let file = file.unwrap().path();
            let stem = file.file_stem().unwrap().to_str().unwrap();
            if stem != "mod" {
                stems.push(stem.replace('_', ""));
            }
        }
    }
    stems.sort();
    stems
}
