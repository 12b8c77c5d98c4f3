//! What must not stand in any file: paths of one machine, addresses of registries, names that say nothing.

use super::{Complaints, Source, shown};

/// Parts of paths that are true on one machine only. Taken apart here, or this file would complain about
/// itself.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
];

/// Whoever builds this may have a mirror; which one is the machine's business and not the project's.
const REGISTRIES: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs"),
    concat!("files.", "pythonhosted"),
    concat!("pypi", ".org"),
    concat!("index.", "rubygems"),
    concat!("deb.", "debian.org"),
    concat!("arti", "factory"),
];

/// Modules named after nothing in particular collect everything.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "misc"];

pub(super) fn check(sources: &[Source]) -> Complaints {
    let mut complaints = Complaints::new();
    for source in sources {
        let path = shown(&source.path);
        for (number, line) in source.text.lines().enumerate() {
            for found in MACHINE_PATHS
                .iter()
                .chain(REGISTRIES)
                .filter(|word| line.contains(**word))
            {
                complaints.push(format!(
                    "{path}:{}: `{found}` is of one machine or registry",
                    number + 1
                ));
            }
        }
        let names = source.path.iter().filter_map(|part| part.to_str());
        for name in names.map(|part| part.trim_end_matches(".rs")) {
            if EMPTY_NAMES.contains(&name) {
                complaints.push(format!(
                    "{path}: `{name}` says nothing; name it after what it does"
                ));
            }
        }
    }
    complaints
}
