//! What a reference server answered to a scenario.

use std::io;

use super::directory;
use super::log::Log;

/// One recording of a scenario.
#[derive(Debug, Clone)]
pub struct Recording {
    /// What passed.
    pub log: Log,
}

impl Recording {
    /// Reads a recording's text.
    pub fn parse(text: &str) -> Recording {
        Recording {
            log: Log::parse(text),
        }
    }

    /// All recordings of a scenario that this crate keeps: `NAME.txt`, and `NAME.1.txt` and so on where
    /// the reference raced with itself.
    pub fn load_all(name: &str) -> io::Result<Vec<Recording>> {
        let kept = directory("recordings");
        let mut all = vec![Recording::parse(&std::fs::read_to_string(
            kept.join(format!("{name}.txt")),
        )?)];
        for number in 1.. {
            match std::fs::read_to_string(kept.join(format!("{name}.{number}.txt"))) {
                Ok(text) => all.push(Recording::parse(&text)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }
}
