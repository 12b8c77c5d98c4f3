//! Where the text of a configuration comes from.

use std::collections::BTreeMap;
use std::io;

use glob::{MatchOptions, Pattern};

/// What reading a configuration needs of the world. [`Directory`](crate::Directory) is the real one.
///
/// Names are as written in the configuration: relative ones are meant from the configuration directory,
/// never from the including file.
pub trait Source {
    /// The bytes of a file: [`NotFound`](io::ErrorKind::NotFound) if there is none,
    /// [`FileTooLarge`](io::ErrorKind::FileTooLarge) if there are more than `limit`.
    fn read(&self, name: &str, limit: usize) -> io::Result<Vec<u8>>;

    /// The files that match `*`, `?` and `[…]`, sorted, at most `limit` and one more.
    fn glob(&self, pattern: &str, limit: usize) -> io::Result<Vec<String>>;

    /// What a shell command prints; an error if it fails or prints more than `limit` bytes.
    fn exec(&self, command: &str, limit: usize) -> io::Result<Vec<u8>>;
}

/// Wildcards stop at `/`, and do not find hidden files.
pub(crate) const GLOB_OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Files in memory: for defaults that are part of the program, and for tests.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    commands: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, name: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), content.into());
    }

    /// Says what a command prints. All others fail.
    pub fn insert_command(&mut self, command: impl Into<String>, output: impl Into<Vec<u8>>) {
        self.commands.insert(command.into(), output.into());
    }
}

impl<N: Into<String>, C: Into<Vec<u8>>, const COUNT: usize> From<[(N, C); COUNT]> for Memory {
    fn from(files: [(N, C); COUNT]) -> Self {
        let mut memory = Memory::default();
        for (name, content) in files {
            memory.insert(name, content);
        }
        memory
    }
}

impl Source for Memory {
    fn read(&self, name: &str, limit: usize) -> io::Result<Vec<u8>> {
        limited(self.files.get(name).ok_or(io::ErrorKind::NotFound)?, limit)
    }

    fn glob(&self, pattern: &str, limit: usize) -> io::Result<Vec<String>> {
        let pattern =
            Pattern::new(pattern).map_err(|e| io::Error::new(io::ErrorKind::InvalidInput, e))?;
        let names = self
            .files
            .keys()
            .filter(|name| pattern.matches_with(name, GLOB_OPTIONS));
        Ok(names.take(limit.saturating_add(1)).cloned().collect())
    }

    fn exec(&self, command: &str, limit: usize) -> io::Result<Vec<u8>> {
        limited(
            self.commands.get(command).ok_or(io::ErrorKind::NotFound)?,
            limit,
        )
    }
}

fn limited(bytes: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    if bytes.len() > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes.to_vec())
}
