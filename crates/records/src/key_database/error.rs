use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why a key database could not be opened or closed. Its text names the file.
#[derive(Debug)]
pub enum Error {
    /// SQLite refused, for instance because the file is no database or the disk is full.
    Sqlite {
        /// The database's file.
        file: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// SQLite opened the file and found its content damaged.
    Damaged {
        /// The database's file.
        file: PathBuf,
        /// The first thing that its check found.
        finding: String,
    },
    /// The operating system gave no thread.
    Thread {
        /// The database's file.
        file: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The database's thread panicked, which is a bug of this crate.
    Panicked {
        /// The database's file.
        file: PathBuf,
    },
}

impl Error {
    pub(super) fn sqlite(file: &Path, source: rusqlite::Error) -> Self {
        Error::Sqlite {
            file: file.into(),
            source,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Sqlite { file, source } => {
                write!(f, "key database {}: {source}", file.display())
            }
            Error::Damaged { file, finding } => {
                write!(
                    f,
                    "key database {}: the file is damaged: {finding}",
                    file.display()
                )
            }
            Error::Thread { file, source } => {
                write!(
                    f,
                    "key database {}: no thread to write it: {source}",
                    file.display()
                )
            }
            Error::Panicked { file } => {
                write!(f, "key database {}: its thread panicked", file.display())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Sqlite { source, .. } => Some(source),
            Error::Thread { source, .. } => Some(source),
            Error::Damaged { .. } | Error::Panicked { .. } => None,
        }
    }
}
