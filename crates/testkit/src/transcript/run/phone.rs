//! A phone of a scenario: sipp, which plays one call as its file says.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use super::super::directory;

/// A sipp that runs; it is ended when this is dropped.
pub(super) struct Phone(Child);

impl Phone {
    /// Starts it on a file of `recordings/sipp`, against a server, with further arguments.
    pub(super) fn start(file: &str, arguments: &str, server: SocketAddr) -> Result<Phone, String> {
        Command::new("sipp")
            .arg(server.to_string())
            .arg("-sf")
            .arg(directory("recordings").join("sipp").join(file))
            .args(["-m", "1", "-nostdin", "-timeout", "20", "-timeout_error"])
            .args(arguments.split_whitespace())
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Phone)
            .map_err(|error| format!("sipp (Debian: sip-tester): {error}"))
    }

    /// Whether it has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    /// Its exit status, as text; one that still runs is ended first.
    pub(super) fn end(mut self) -> String {
        if !self.has_ended() {
            // It may end by itself meanwhile.
            let _ = self.0.kill();
        }
        match self.0.wait().map(|status| status.code()) {
            Ok(Some(code)) => code.to_string(),
            Ok(None) => "-9".to_owned(),
            Err(error) => error.to_string(),
        }
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
