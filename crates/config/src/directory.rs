//! The configuration directory of the file system.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use glob::Pattern;

use crate::source::{GLOB_OPTIONS, Source};

/// A directory of `.conf` files, usually `/etc/asterisk`.
#[derive(Clone, Debug)]
pub struct Directory {
    root: PathBuf,
}

/// Where a name leads, symbolic links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// To a file of the directory.
    Inside,
    /// To a file elsewhere, which managers may not touch.
    Outside,
    /// To nothing.
    Missing,
}

impl Directory {
    /// The directory at `root`; it is not looked at yet.
    pub fn new(root: impl Into<PathBuf>) -> Directory {
        Directory { root: root.into() }
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file; an absolute name stays as it is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(path_of(name))
    }

    /// Where a name leads.
    pub fn locate(&self, name: &str) -> Location {
        match self.path(name).canonicalize() {
            Err(_) => Location::Missing,
            Ok(path) if self.holds(&path) => Location::Inside,
            Ok(_) => Location::Outside,
        }
    }

    /// Whether a file of this name would be in the directory, be there one already or not.
    pub fn may_hold(&self, name: &str) -> bool {
        let path = self.path(name);
        match self.locate(name) {
            Location::Inside => true,
            Location::Outside => false,
            // A link that leads nowhere yet could lead anywhere once the file is written.
            Location::Missing if path.is_symlink() => false,
            Location::Missing => {
                path.file_name().is_some()
                    && path
                        .parent()
                        .and_then(|p| p.canonicalize().ok())
                        .is_some_and(|p| self.holds(&p))
            }
        }
    }

    /// Writes a file so that whoever reads it, even after a crash, finds it either as it was or as it
    /// is now: beside it, to the disk, and then in its place. Permissions and symbolic links stay.
    pub fn save(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        // A link is followed so that it goes on linking to what was saved.
        let path = path.canonicalize().unwrap_or(path);
        let directory = path.parent().filter(|p| !p.as_os_str().is_empty());
        let directory = directory.unwrap_or(Path::new("."));
        let mut beside = tempfile::Builder::new()
            .prefix(".saving-")
            .tempfile_in(directory)?;
        beside.write_all(content)?;
        let permissions = match fs::metadata(&path) {
            Ok(old) => old.permissions(),
            Err(e) if e.kind() == ErrorKind::NotFound => new_file_permissions(),
            Err(e) => return Err(e),
        };
        beside.as_file().set_permissions(permissions)?;
        beside.as_file().sync_all()?;
        beside.persist(&path).map_err(|e| e.error)?;
        File::open(directory)?.sync_all()
    }

    fn holds(&self, canonical: &Path) -> bool {
        self.root
            .canonicalize()
            .is_ok_and(|root| canonical.starts_with(root))
    }
}

/// Secrets stand in these files: the owner writes, the group reads.
fn new_file_permissions() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o640)
}

impl Source for Directory {
    fn read(&self, name: &str, limit: usize) -> io::Result<Vec<u8>> {
        let path = self.path(name);
        // Before it is opened: a pipe would keep us waiting.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "not a regular file",
            ));
        }
        read_limited(File::open(path)?, limit)
    }

    fn glob(&self, pattern: &str, limit: usize) -> io::Result<Vec<String>> {
        // Absolute, so that what is found begins with it to the letter.
        let root = std::path::absolute(&self.root)?;
        let root = root.to_str().ok_or(ErrorKind::InvalidFilename)?;
        let relative = !pattern.starts_with('/');
        let pattern = match relative {
            true => format!("{}/{pattern}", Pattern::escape(root)),
            false => pattern.to_owned(),
        };
        let paths = glob::glob_with(&pattern, GLOB_OPTIONS)
            .map_err(|e| io::Error::new(ErrorKind::InvalidInput, e))?;
        let mut names = Vec::new();
        for path in paths.take(limit.saturating_add(1)) {
            let path = path.map_err(io::Error::from)?;
            let path = match relative {
                true => path.strip_prefix(root).unwrap_or(&path),
                false => &path,
            };
            names.push(text::decode(path.as_os_str().as_bytes()).into_owned());
        }
        Ok(names)
    }

    /// Runs the command by `/bin/sh`, waits for it, and takes its standard output.
    fn exec(&self, command: &str, limit: usize) -> io::Result<Vec<u8>> {
        let mut child = Command::new("/bin/sh")
            .arg("-c")
            .arg(path_of(command))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = match child.stdout.take() {
            Some(stdout) => read_limited(stdout, limit),
            None => Ok(Vec::new()),
        };
        if output.is_err() {
            // It may be waiting for us to read on. Should it be gone already, that is as well.
            let _ = child.kill();
        }
        let status = child.wait()?;
        let output = output?;
        if !status.success() {
            return Err(io::Error::other(format!("the command failed: {status}")));
        }
        Ok(output)
    }
}

fn path_of(name: &str) -> PathBuf {
    PathBuf::from(std::ffi::OsStr::from_bytes(&text::to_bytes(name)))
}

fn read_limited(from: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}
