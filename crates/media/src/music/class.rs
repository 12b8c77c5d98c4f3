//! `musiconhold.conf`.

use std::io;
use std::path::{Path, PathBuf};

use config::{Category, Config, Problem, Variable};

use super::player::list;
use crate::limits::MUSIC_FILES;

/// A class of music: what is in a directory, or in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// The directory with its files; unused where there is a list.
    pub directory: PathBuf,
    /// A list of files in their order, absolute and without ending (`mode = playlist`); empty for none.
    pub entries: Vec<String>,
    /// The order in which they are played.
    pub sort: Sort,
    /// The digit with which a caller who waits chooses this class.
    pub digit: Option<char>,
    /// A sound that is played at the beginning and between any two files.
    pub announcement: Option<String>,
}

/// The order in which files are played, over and over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By their names. (Asterisk takes them as the directory lists them, which is no order to rely on.)
    #[default]
    Alpha,
    /// By their names, the first to be heard being anyone.
    RandStart,
    /// In another order each round.
    Random,
}

impl Class {
    /// Reads `musiconhold.conf`. A directory that is not absolute lies in `data`. What cannot be used is
    /// left out and told with its file and line.
    pub fn read(config: &Config, data: &Path) -> (Vec<Class>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut classes: Vec<Class> = Vec::new();
        for category in config.categories() {
            if category.is_named("general") {
                // These tell where else classes come from and which one wins: there is one place here.
                problems.extend(unknown(category, &["cachertclasses", "preferchannelclass"]));
                continue;
            }
            let Some(class) = Class::from_category(category, data, &mut problems) else {
                continue;
            };
            if classes.iter().any(|known| known.name == class.name) {
                problems.push(category.problem(format!("there is a class {} already", class.name)));
                continue;
            }
            classes.push(class);
        }
        (classes, problems)
    }

    /// What it plays, without endings, by name.
    ///
    /// # Errors
    /// Where the directory cannot be read or has no sound file in it.
    pub fn files(&self) -> io::Result<Vec<PathBuf>> {
        /// Any will do: endings are left out.
        const RATE: u32 = 8_000;
        if !self.entries.is_empty() {
            return Ok(self.entries.iter().map(PathBuf::from).collect());
        }
        let found = list(&self.directory, RATE)?;
        Ok(found.iter().map(|f| f.path.with_extension("")).collect())
    }

    fn from_category(
        category: &Category,
        data: &Path,
        problems: &mut Vec<Problem>,
    ) -> Option<Class> {
        let name = &category.name;
        let is_list = match category.variable("mode") {
            Some(mode) if mode.value.eq_ignore_ascii_case("files") => false,
            Some(mode) if mode.value.eq_ignore_ascii_case("playlist") => true,
            Some(mode) => {
                let text = format!(
                    "class {name}: mode {} is not supported, only files and playlist",
                    mode.value
                );
                problems.push(mode.problem(text));
                return None;
            }
            None => {
                problems.push(category.problem(format!("class {name} has no mode")));
                return None;
            }
        };
        let entries = match is_list {
            true => entries(category, problems),
            false => Vec::new(),
        };
        let directory = category.get("directory").filter(|d| !d.is_empty());
        let lacks = match is_list {
            true => entries.is_empty().then_some("entry"),
            false => directory.is_none().then_some("directory"),
        };
        if let Some(lacks) = lacks {
            problems.push(category.problem(format!("class {name} has no {lacks}")));
            return None;
        }
        problems.extend(unknown(category, if is_list { LISTED } else { KNOWN }));
        let mut class = Class {
            name: name.clone(),
            directory: data.join(directory.unwrap_or_default()),
            entries,
            sort: Sort::default(),
            digit: None,
            announcement: category
                .get("announcement")
                .filter(|a| !a.is_empty())
                .map(str::to_owned),
        };
        match category.flag("random", false) {
            Ok(true) => class.sort = Sort::Random,
            Ok(false) => {}
            Err(problem) => problems.push(problem),
        }
        if let Some(sort) = category.variable("sort") {
            keep(&mut class.sort, sort_of(sort), problems);
        }
        if let Some(digit) = category.variable("digit") {
            keep(&mut class.digit, digit_of(digit).map(Some), problems);
        }
        Some(class)
    }
}

/// What a class of files may say; `format` chooses nothing here, for the best file is taken anyway.
const KNOWN: &[&str] = &[
    "mode",
    "directory",
    "sort",
    "random",
    "digit",
    "announcement",
    "format",
];

/// What a class with a list may say.
const LISTED: &[&str] = &[
    "mode",
    "entry",
    "sort",
    "random",
    "digit",
    "announcement",
    "format",
];

/// The files of a list; an address of the web cannot be played.
fn entries(category: &Category, problems: &mut Vec<Problem>) -> Vec<String> {
    let listed = category.variables.iter().filter(|v| v.is_named("entry"));
    let mut entries = Vec::new();
    for variable in listed {
        let entry = variable.value.trim();
        if !entry.starts_with('/') {
            problems
                .push(variable.problem(format!("entry cannot be {entry}: it is no absolute path")));
        } else if entries.len() == MUSIC_FILES {
            problems.push(variable.problem(format!("more than {MUSIC_FILES} files")));
            break;
        } else {
            entries.push(entry.to_owned());
        }
    }
    entries
}

fn unknown(category: &Category, known: &[&str]) -> Vec<Problem> {
    let is_unknown = |variable: &&Variable| !known.iter().any(|name| variable.is_named(name));
    let variables = category.variables.iter().filter(is_unknown);
    variables
        .map(|v| v.problem(format!("{}: there is no such option", v.name)))
        .collect()
}

fn keep<T>(place: &mut T, read: Result<T, Problem>, problems: &mut Vec<Problem>) {
    match read {
        Ok(value) => *place = value,
        Err(problem) => problems.push(problem),
    }
}

fn sort_of(variable: &Variable) -> Result<Sort, Problem> {
    match variable.value.to_ascii_lowercase().as_str() {
        "alpha" => Ok(Sort::Alpha),
        "random" => Ok(Sort::Random),
        "randstart" => Ok(Sort::RandStart),
        other => Err(variable.problem(format!("sort cannot be {other}"))),
    }
}

fn digit_of(variable: &Variable) -> Result<char, Problem> {
    let mut digits = variable.value.chars();
    match (digits.next(), digits.next()) {
        (Some(digit @ ('0'..='9' | '*' | '#')), None) => Ok(digit),
        _ => Err(variable.problem(format!("digit cannot be {}", variable.value))),
    }
}
