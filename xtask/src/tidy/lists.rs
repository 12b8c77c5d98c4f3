//! That no file is forgotten: a module that nothing declares is never compiled, and a word of the protocol
//! that is in no list does not exist.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Complaints, Source, shown};

/// Directories of words, one file each in the directories below, with the file that lists them. The old
/// dialect's events have a list of their own.
const LISTS: &[(&str, &str)] = &[
    ("crates/ami/src/action", "crates/ami/src/action/list.rs"),
    ("crates/ami/src/event", "crates/ami/src/event/list.rs"),
    (
        "crates/ami/src/event/old",
        "crates/ami/src/event/old/mod.rs",
    ),
    ("crates/dialplan/src/app", "crates/dialplan/src/app/mod.rs"),
    (
        "crates/dialplan/src/function",
        "crates/dialplan/src/function/catalogue.rs",
    ),
];

/// An action is declared in the first and behaves in the second, under the same name.
const PAIR: (&str, &str) = ("crates/ami/src/action", "crates/manager/src/action");

pub(super) fn check(sources: &[Source]) -> Complaints {
    let texts: HashMap<&Path, &str> = sources
        .iter()
        .filter(|source| source.is_rust())
        .map(|source| (source.path.as_path(), source.text.as_str()))
        .collect();
    let mut complaints = orphans(&texts);
    for (directory, list) in LISTS {
        complaints.extend(unlisted(&texts, Path::new(directory), Path::new(list)));
    }
    complaints.extend(without_behaviour(&texts));
    complaints
}

/// Files below a `src` that no parent declares.
fn orphans(texts: &HashMap<&Path, &str>) -> Complaints {
    let mut complaints = Complaints::new();
    for path in texts.keys() {
        let Some(parents) = parents(path) else {
            continue;
        };
        let stem = stem(path);
        let declarations = [format!("mod {stem};"), format!("mod r#{stem};")];
        let declares = |line: &str| {
            declarations
                .iter()
                .any(|end| line.trim_end().ends_with(end))
        };
        let mut candidates = parents
            .iter()
            .filter_map(|parent| texts.get(parent.as_path()));
        if !candidates.any(|text| text.lines().any(declares)) {
            complaints.push(format!("{}: no `mod {stem};` declares it", shown(path)));
        }
    }
    complaints
}

/// The files that may declare this one as a module; none for the root of a crate.
fn parents(path: &Path) -> Option<Vec<PathBuf>> {
    let mut directory = path.parent()?;
    let name = path.file_name()?.to_str()?;
    let within_src = directory.iter().any(|part| part == "src");
    if !within_src || name == "main.rs" || (directory.ends_with("src") && name == "lib.rs") {
        return None;
    }
    if name == "mod.rs" {
        directory = directory.parent()?;
    }
    let own = ["mod.rs", "lib.rs", "main.rs"].map(|name| directory.join(name));
    Some(
        own.into_iter()
            .chain([directory.with_extension("rs")])
            .collect(),
    )
}

fn stem(path: &Path) -> &str {
    let name = if path.ends_with("mod.rs") {
        path.parent()
    } else {
        Some(path)
    };
    name.and_then(Path::file_stem)
        .and_then(|stem| stem.to_str())
        .unwrap_or_default()
}

/// Words declared below `directory` that the list does not name.
fn unlisted(texts: &HashMap<&Path, &str>, directory: &Path, list: &Path) -> Complaints {
    let Some(listed) = texts.get(list) else {
        return vec![format!("{}: the list is not there", shown(list))];
    };
    let mut complaints = Complaints::new();
    let nearest = |path: &Path| {
        let directories = LISTS.iter().map(|(directory, _)| Path::new(*directory));
        directories
            .filter(|of| path.starts_with(of))
            .max_by_key(|of| of.iter().count())
    };
    for (path, text) in texts
        .iter()
        .filter(|(path, _)| nearest(path) == Some(directory))
    {
        for declared in declarations(text) {
            let named = |word: &str| word == declared;
            if !listed
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(named)
            {
                complaints.push(format!(
                    "{}: {declared} is not in {}",
                    shown(path),
                    shown(list)
                ));
            }
        }
    }
    complaints
}

fn without_behaviour(texts: &HashMap<&Path, &str>) -> Complaints {
    let (declared, behaves) = PAIR;
    words(texts, Path::new(declared))
        .filter_map(|(path, _)| {
            let twin = Path::new(behaves).join(path.strip_prefix(declared).ok()?);
            let missing = !texts.contains_key(twin.as_path());
            missing.then(|| {
                format!(
                    "{}: its behaviour is missing, {}",
                    shown(path),
                    shown(&twin)
                )
            })
        })
        .collect()
}

/// The files in the directories of `directory`.
fn words<'a>(
    texts: &'a HashMap<&Path, &str>,
    directory: &'a Path,
) -> impl Iterator<Item = (&'a Path, &'a str)> {
    texts
        .iter()
        .map(|(path, text)| (*path, *text))
        .filter(move |(path, _)| {
            let below = path.strip_prefix(directory).ok();
            below.is_some_and(|below| below.iter().count() == 2) && !path.ends_with("mod.rs")
        })
}

/// The names that declare a word: structs that derive an action or an event, statics that are an
/// application or a function.
fn declarations(text: &str) -> impl Iterator<Item = &str> {
    let mut derived = false;
    text.lines().filter_map(move |line| {
        if line.starts_with("#[derive(") {
            derived = line.contains(" Action") || line.contains(" Event");
        }
        if let Some(rest) = line.strip_prefix("pub struct ") {
            let end = rest
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len());
            return std::mem::take(&mut derived).then(|| &rest[..end]);
        }
        let (name, kind) = line.split_once("static ")?.1.split_once(": ")?;
        (line.starts_with("pub")
            && ["App = ", "Function = "]
                .iter()
                .any(|k| kind.starts_with(k)))
        .then_some(name)
    })
}
