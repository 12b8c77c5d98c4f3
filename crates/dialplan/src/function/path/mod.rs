//! Names of files.

mod basename;
mod dirname;

pub(crate) use basename::BASENAME;
pub(crate) use dirname::DIRNAME;
