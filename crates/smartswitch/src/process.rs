//! The process: whom it runs as, what it may use, and how it starts itself anew.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::termios::{self, SetArg, Termios};
use nix::unistd::{self, Gid, Group, Uid, User};

use crate::options::Options;

/// Becomes the user and group that were asked for. Before any thread is started.
pub(crate) fn become_user(options: &Options, owned: &[&Path]) -> Result<(), String> {
    let group = match options.run_group.as_str() {
        "" => None,
        name => Some(find_group(name)?),
    };
    let user = match options.run_user.as_str() {
        "" => None,
        name => Some(find_user(name)?),
    };
    if user.is_none() && group.is_none() {
        return Ok(());
    }
    let gid = group.or(user.as_ref().map(|user| user.gid));
    if unistd::geteuid().is_root() {
        for directory in owned {
            unistd::chown(*directory, user.as_ref().map(|user| user.uid), gid)
                .map_err(|e| format!("{} cannot be given away: {e}", directory.display()))?;
        }
    }
    if let Some(gid) = gid.filter(|gid| *gid != unistd::getegid()) {
        unistd::setgid(gid).map_err(|e| format!("cannot run as group {gid}: {e}"))?;
    }
    let Some(user) = user.filter(|user| user.uid != unistd::geteuid()) else {
        return Ok(());
    };
    let name = std::ffi::CString::new(user.name.as_str()).map_err(|e| e.to_string())?;
    unistd::initgroups(&name, gid.unwrap_or(user.gid))
        .map_err(|e| format!("cannot join the groups of {}: {e}", user.name))?;
    unistd::setuid(user.uid).map_err(|e| format!("cannot run as {}: {e}", user.name))
}

fn find_user(name: &str) -> Result<User, String> {
    let by_number = || {
        name.parse()
            .ok()
            .and_then(|uid| User::from_uid(Uid::from_raw(uid)).ok().flatten())
    };
    User::from_name(name)
        .map_err(|e| format!("user {name}: {e}"))?
        .or_else(by_number)
        .ok_or_else(|| format!("there is no user {name}"))
}

fn find_group(name: &str) -> Result<Gid, String> {
    let by_number = || name.parse().ok().map(Gid::from_raw);
    Group::from_name(name)
        .map_err(|e| format!("group {name}: {e}"))?
        .map(|group| group.gid)
        .or_else(by_number)
        .ok_or_else(|| format!("there is no group {name}"))
}

/// Sets what the process may use: open files, and a core file after a crash.
pub(crate) fn set_limits(options: &Options) -> Result<(), String> {
    if options.dump_core {
        let (_, most) = getrlimit(Resource::RLIMIT_CORE).map_err(|e| e.to_string())?;
        setrlimit(Resource::RLIMIT_CORE, most, most).map_err(|e| format!("core files: {e}"))?;
    }
    let (now, most) = getrlimit(Resource::RLIMIT_NOFILE).map_err(|e| e.to_string())?;
    // A connection is an open file, and the usual limit is meant for programs without any.
    let wanted = if options.max_files == 0 {
        most
    } else {
        options.max_files
    };
    if wanted != now {
        setrlimit(Resource::RLIMIT_NOFILE, wanted, most.max(wanted))
            .map_err(|e| format!("{wanted} open files: {e}"))?;
    }
    Ok(())
}

/// How the terminal was, to be put back when the switch ends while a console reads a line.
pub(crate) struct Terminal(Option<Termios>);

impl Terminal {
    /// Remembers it.
    pub(crate) fn remember() -> Terminal {
        Terminal(termios::tcgetattr(std::io::stdin()).ok())
    }

    /// Puts it back.
    pub(crate) fn restore(&self) {
        if let Some(settings) = &self.0 {
            // Where this fails there is no terminal any more.
            let _ = termios::tcsetattr(std::io::stdin(), SetArg::TCSANOW, settings);
        }
    }
}

/// Starts this program anew in the same process; comes back only where that fails.
pub(crate) fn restart() -> std::io::Error {
    match program() {
        Ok(program) => std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .exec(),
        Err(e) => e,
    }
}

/// The file of this program, or what has taken its place since it was started.
pub(crate) fn program() -> std::io::Result<PathBuf> {
    const REPLACED: &[u8] = b" (deleted)";
    let program = std::env::current_exe()?;
    let replaced = program
        .as_os_str()
        .as_bytes()
        .strip_suffix(REPLACED)
        .map(OsStr::from_bytes);
    Ok(replaced.map_or(program.clone(), PathBuf::from))
}

/// The most open files, for `core show settings`.
pub(crate) fn max_files() -> u64 {
    getrlimit(Resource::RLIMIT_NOFILE).map_or(0, |(now, _)| now)
}
