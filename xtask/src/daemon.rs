//! A switch of its own for a chore: a free port, a state directory that goes away with it.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Failure, checkout};

/// How long a start or a stop may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often we look whether something has happened.
pub(crate) const LOOK: Duration = Duration::from_millis(20);

/// A running switch. It is killed when this is dropped.
pub(crate) struct Daemon {
    child: Child,
    directory: PathBuf,
    /// Where it listens for today's dialect, on 127.0.0.1.
    pub(crate) port: u16,
    /// Where it listens for the old dialect.
    pub(crate) old_port: u16,
    /// Where it listens for SIP, if its configuration has that.
    pub(crate) sip_port: u16,
    /// A port that is left to a peer which the configuration names.
    pub(crate) peer_port: u16,
}

impl Daemon {
    /// Builds all programs, and starts the switch on the configuration files of `etc`, in which `@PORT@`,
    /// `@OLD_PORT@`, `@SIP_PORT@` and `@PEER_PORT@` stand for free ports.
    ///
    /// All, because of a part of the workspace the dependencies have fewer features than in the tests, and
    /// would be built once more.
    pub(crate) fn start(etc: &Path) -> Result<Daemon, Failure> {
        checkout::succeed(checkout::cargo().args([
            "build",
            "--quiet",
            "--workspace",
            "--bins",
            "--examples",
        ]))?;
        let directory = checkout::target().join(format!("xtask-switch-{}", std::process::id()));
        let config = directory.join("etc");
        std::fs::create_dir_all(&config)?;
        let (port, old_port) = free_ports()?;
        let (sip_port, peer_port) = free_sip_ports()?;
        for entry in std::fs::read_dir(etc)? {
            let entry = entry?;
            let text = std::fs::read_to_string(entry.path())?
                .replace("@PORT@", &port.to_string())
                .replace("@OLD_PORT@", &old_port.to_string())
                .replace("@SIP_PORT@", &sip_port.to_string())
                .replace("@PEER_PORT@", &peer_port.to_string());
            std::fs::write(config.join(entry.file_name()), text)?;
        }
        let log = std::fs::File::create(directory.join("log"))?;
        let child = Command::new(checkout::target().join("debug/smartswitch"))
            .arg("-f")
            .arg("--config")
            .arg(&config)
            .arg("--state")
            .arg(directory.join("state"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut daemon = Daemon {
            child,
            directory,
            port,
            old_port,
            sip_port,
            peer_port,
        };
        daemon.wait_until_it_greets(port)?;
        daemon.wait_until_it_greets(old_port)?;
        Ok(daemon)
    }

    /// Asks it to stop, and fails unless it does so by itself and without complaint.
    pub(crate) fn stop(mut self) -> Result<(), Failure> {
        if let Some(status) = self.child.try_wait()? {
            return Err(format!("the switch ended by itself: {status}\n{}", self.log()).into());
        }
        terminate(&self.child)?;
        let status = wait(&mut self.child, PATIENCE)?;
        match status {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(format!("the switch stopped with {status}\n{}", self.log()).into()),
            None => Err(format!(
                "the switch did not stop within {PATIENCE:?}\n{}",
                self.log()
            )
            .into()),
        }
    }

    /// Its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Where its configuration is.
    pub(crate) fn etc(&self) -> PathBuf {
        self.directory.join("etc")
    }

    /// What it has printed.
    pub(crate) fn log(&self) -> String {
        let log = std::fs::read(self.directory.join("log")).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    fn wait_until_it_greets(&mut self, port: u16) -> Result<(), Failure> {
        let from = Instant::now();
        while from.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the switch ended at once: {status}\n{}", self.log()).into());
            }
            if greets(port) {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        Err(format!(
            "no greeting on port {port} within {PATIENCE:?}\n{}",
            self.log()
        )
        .into())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended; its directory goes in any case, and what is left of it is ignored by git.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Whether something on this port calls itself a manager.
pub(crate) fn greets(port: u16) -> bool {
    let Ok(socket) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    if socket
        .set_read_timeout(Some(Duration::from_secs(1)))
        .is_err()
    {
        return false;
    }
    let mut line = String::new();
    BufReader::new(socket).read_line(&mut line).is_ok()
        && line.starts_with("Asterisk Call Manager/")
}

/// Asks a process to end, as an administrator or systemd does.
pub(crate) fn terminate(child: &Child) -> Result<(), Failure> {
    checkout::succeed(
        Command::new("kill")
            .arg("-TERM")
            .arg(child.id().to_string()),
    )
}

/// Waits for the end of a process, up to a limit; `None` when it goes on.
pub(crate) fn wait(
    child: &mut Child,
    limit: Duration,
) -> Result<Option<std::process::ExitStatus>, Failure> {
    let from = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if from.elapsed() > limit {
            return Ok(None);
        }
        thread::sleep(LOOK);
    }
}

/// Two ports that nobody has. Both are held until both are known, so that they differ.
fn free_ports() -> Result<(u16, u16), Failure> {
    let one = TcpListener::bind(("127.0.0.1", 0))?;
    let other = TcpListener::bind(("127.0.0.1", 0))?;
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}

/// Ports that are free for datagrams as well as for connections.
fn free_sip_ports() -> Result<(u16, u16), Failure> {
    let both = || {
        let connections = TcpListener::bind(("127.0.0.1", 0))?;
        let port = connections.local_addr()?.port();
        let datagrams = UdpSocket::bind(("127.0.0.1", port))?;
        Ok::<_, Failure>((port, connections, datagrams))
    };
    let (one, other) = (both()?, both()?);
    Ok((one.0, other.0))
}
