//! Reading files and what they include.

use std::io::ErrorKind;
use std::sync::Arc;

use crate::build::{At, Builder, Stop};
use crate::scan::{self, Scanner};
use crate::statement::{self, Statement};
use crate::{Config, Error, Problem, Source, limits};

/// What a configuration may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// Whether `#exec` runs its command: `execincludes` of `asterisk.conf`. Otherwise it is a warning.
    pub exec_includes: bool,
}

/// Reads a configuration and all that it includes.
pub fn load(source: &dyn Source, name: &str, options: &LoadOptions) -> Result<Config, Error> {
    let bytes = match source.read(name, limits::FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == ErrorKind::NotFound => return Err(Error::NotFound(name.to_owned())),
        Err(e) => {
            let text = unreadable(&e);
            return Err(Problem {
                file: name.into(),
                line: 0,
                text,
            }
            .into());
        }
    };
    let mut loader = Loader {
        source,
        options,
        builder: Builder::default(),
        files: Vec::new(),
        depth: 0,
    };
    let stopped = loader.text(name.into(), &bytes) == Err(Stop);
    let Builder {
        categories,
        warnings,
        problems,
        ..
    } = loader.builder;
    if stopped || !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    Ok(Config {
        categories,
        warnings,
        files: loader.files,
    })
}

/// What an I/O error means to someone who wrote the configuration.
pub(crate) fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::FileTooLarge => format!("larger than {} bytes", limits::FILE_BYTES),
        _ => error.to_string(),
    }
}

struct Loader<'a> {
    source: &'a dyn Source,
    options: &'a LoadOptions,
    builder: Builder,
    files: Vec<Arc<str>>,
    /// How many files are being read, one inside the other.
    depth: usize,
}

impl Loader<'_> {
    fn text(&mut self, file: Arc<str>, bytes: &[u8]) -> Result<(), Stop> {
        self.files.push(Arc::clone(&file));
        self.depth += 1;
        let text = text::decode(bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut section = self.builder.section;
        let mut scanner = Scanner::default();
        for (line, number) in text.split('\n').zip(1_u32..) {
            let at = At {
                file: &file,
                line: number,
            };
            if line.len() > limits::LINE_BYTES {
                let text = format!("line is longer than {} bytes", limits::LINE_BYTES);
                self.builder.fail(at, text)?;
                continue;
            }
            let (pieces, nesting) = scanner.pieces(line, number);
            if nesting.is_err() {
                let text = format!("comments nest deeper than {}", limits::COMMENT_DEPTH);
                self.builder.fail(at, text)?;
            }
            let code = scan::code(line, &pieces);
            match statement::parse(&code) {
                Ok(Statement::Directive { word, argument }) => {
                    self.directive(word, argument, at)?
                }
                statement => self.builder.take(statement, &mut section, at)?,
            }
        }
        if let Some(line) = scanner.open_since() {
            self.builder
                .warn(At { file: &file, line }, "this comment is never closed");
        }
        self.depth -= 1;
        Ok(())
    }

    fn directive(&mut self, word: &str, argument: &str, at: At<'_>) -> Result<(), Stop> {
        let known = ["include", "tryinclude", "exec"];
        let Some(known) = known
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(word))
        else {
            self.builder.warn(at, format!("unknown directive #{word}"));
            return Ok(());
        };
        if argument.is_empty() {
            self.builder.warn(at, format!("#{known} says not what"));
            return Ok(());
        }
        match known {
            "exec" if !self.options.exec_includes => {
                let text = "#exec is not allowed unless execincludes is set in asterisk.conf";
                self.builder.warn(at, text);
                Ok(())
            }
            "exec" => self.exec(argument, at),
            _ => self.include(argument, known == "tryinclude", at),
        }
    }

    fn include(&mut self, argument: &str, optional: bool, at: At<'_>) -> Result<(), Stop> {
        if !argument.contains(['*', '?', '[', '{']) {
            return self.include_file(argument, optional, at);
        }
        let Some(patterns) = alternatives(argument) else {
            let text = format!(
                "{argument} stands for more than {} patterns",
                limits::BRACES
            );
            return self.builder.fail(at, text);
        };
        for pattern in patterns {
            let names = match self.source.glob(&pattern, limits::GLOB_MATCHES) {
                Ok(names) => names,
                Err(e) => {
                    self.builder
                        .fail(at, format!("cannot look for {pattern}: {e}"))?;
                    continue;
                }
            };
            if names.len() > limits::GLOB_MATCHES {
                let text = format!("{pattern} matches more than {} files", limits::GLOB_MATCHES);
                self.builder.fail(at, text)?;
                continue;
            }
            for name in names {
                self.include_file(&name, optional, at)?;
            }
        }
        Ok(())
    }

    fn include_file(&mut self, name: &str, optional: bool, at: At<'_>) -> Result<(), Stop> {
        if !self.may_open(at)? {
            return Ok(());
        }
        match self.source.read(name, limits::FILE_BYTES) {
            Ok(bytes) => self.text(name.into(), &bytes),
            Err(e) if e.kind() == ErrorKind::NotFound && optional => Ok(()),
            Err(e) if e.kind() == ErrorKind::NotFound => self
                .builder
                .fail(at, format!("cannot include {name}: no such file")),
            Err(e) => self
                .builder
                .fail(at, format!("cannot include {name}: {}", unreadable(&e))),
        }
    }

    fn exec(&mut self, command: &str, at: At<'_>) -> Result<(), Stop> {
        if !self.may_open(at)? {
            return Ok(());
        }
        match self.source.exec(command, limits::FILE_BYTES) {
            Ok(bytes) => self.text(format!("#exec {command}").into(), &bytes),
            Err(e) => self
                .builder
                .fail(at, format!("cannot #exec {command}: {}", unreadable(&e))),
        }
    }

    /// Whether one more file may be read inside the present one.
    fn may_open(&mut self, at: At<'_>) -> Result<bool, Stop> {
        if self.files.len() >= limits::FILES {
            self.builder
                .fail(at, format!("more than {} files in all", limits::FILES))?;
            return Err(Stop);
        }
        if self.depth >= limits::INCLUDE_DEPTH {
            let text = format!(
                "includes nest deeper than {}: a circle?",
                limits::INCLUDE_DEPTH
            );
            // Going on would report the same circle once more for every way through it.
            self.builder.fail(at, text)?;
            return Err(Stop);
        }
        Ok(true)
    }
}

/// The patterns that `{a,b}` stands for, as a shell expands it; none beyond [`limits::BRACES`].
fn alternatives(pattern: &str) -> Option<Vec<String>> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        if done.len() + open.len() >= limits::BRACES {
            return None;
        }
        match first_braces(&pattern) {
            None => done.push(pattern),
            Some((before, parts, after)) => {
                open.extend(
                    parts
                        .iter()
                        .rev()
                        .map(|part| format!("{before}{part}{after}")),
                );
            }
        }
    }
    Some(done)
}

/// What is before, in and behind the first pair of braces.
fn first_braces(pattern: &str) -> Option<(&str, Vec<&str>, &str)> {
    let start = pattern.find('{')?;
    let (mut depth, mut from, mut parts) = (0_usize, start + 1, Vec::new());
    for (at, c) in pattern.char_indices().skip_while(|(at, _)| *at < start) {
        match c {
            '{' => depth += 1,
            ',' if depth == 1 => {
                parts.push(&pattern[from..at]);
                from = at + 1;
            }
            '}' if depth == 1 => {
                parts.push(&pattern[from..at]);
                return Some((&pattern[..start], parts, &pattern[at + 1..]));
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_each_of_their_parts() {
        let expanded = |pattern| alternatives(pattern).unwrap();
        assert_eq!(expanded("a*"), ["a*"]);
        assert_eq!(expanded("{a,b}/{c,d}*"), ["a/c*", "a/d*", "b/c*", "b/d*"]);
        assert_eq!(expanded("x{a,{b,c}d}"), ["xa", "xbd", "xcd"]);
        assert_eq!(expanded("x{a"), ["x{a"]);
        assert_eq!(alternatives(&"{a,b}".repeat(9)), None);
    }
}
