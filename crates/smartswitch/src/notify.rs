//! Telling systemd how far the switch has got.

use std::io;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};

/// Everything is loaded.
pub(crate) const READY: &str = "READY=1";

/// The switch is ending.
pub(crate) const STOPPING: &str = "STOPPING=1";

/// Says something to the service manager; nothing where there is none.
pub(crate) fn notify(state: &str) {
    if let Err(e) = send(state) {
        tracing::warn!("the service manager was not told {state}: {e}");
    }
}

/// Files are being read anew. systemd wants the time on its monotonic clock with it.
pub(crate) fn reloading() {
    let uptime = nix::time::clock_gettime(nix::time::ClockId::CLOCK_MONOTONIC);
    let micros = uptime.map_or(0, |now| now.tv_sec() * 1_000_000 + now.tv_nsec() / 1_000);
    notify(&format!("RELOADING=1\nMONOTONIC_USEC={micros}"));
}

fn send(state: &str) -> io::Result<()> {
    let Some(name) = std::env::var_os("NOTIFY_SOCKET").filter(|name| !name.is_empty()) else {
        return Ok(());
    };
    // A name that begins with @ is in the abstract name space.
    let address = match name.as_bytes().strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(&name)?,
    };
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address)?;
    Ok(())
}
