//! One connection, and what has come over it so far.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use regex::Regex;

use super::super::log::{CLOSED, Log, Way};

pub(super) struct Connection {
    stream: TcpStream,
    open: bool,
    greeted: bool,
    /// What is not a whole packet yet.
    pending: Vec<u8>,
    /// Whole packets, lines parted by `\n`.
    packets: Vec<String>,
    /// Packets before this one are not looked at again.
    mark: usize,
}

impl Connection {
    pub(super) fn open(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            stream,
            open: true,
            greeted: false,
            pending: Vec::new(),
            packets: Vec::new(),
            mark: 0,
        })
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn waits_for_greeting(&self) -> bool {
        self.open && !self.greeted
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    pub(super) fn shut(&mut self) {
        self.open = false;
        // A server that has closed already has nothing to be told.
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }

    /// Reads what comes within this time; false where nothing does or the server closes.
    pub(super) fn read(&mut self, name: &str, limit: Duration, log: &mut Log) -> bool {
        if !self.open {
            return false;
        }
        let mut buffer = [0; 1 << 16];
        let limit = limit.max(Duration::from_millis(1));
        let read = self
            .stream
            .set_read_timeout(Some(limit))
            .and_then(|()| self.stream.read(&mut buffer));
        match read {
            Ok(0) => {}
            Ok(count) => {
                self.pending.extend_from_slice(&buffer[..count]);
                self.cut(name, log);
                return true;
            }
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => return false,
                io::ErrorKind::Interrupted => return true,
                _ => {}
            },
        }
        self.open = false;
        self.flush(name, log);
        log.add(name, Way::Befell, CLOSED);
        false
    }

    /// Takes what has come and is not a whole packet as one.
    pub(super) fn flush(&mut self, name: &str, log: &mut Log) {
        if !self.pending.is_empty() {
            let rest = std::mem::take(&mut self.pending);
            self.take(name, &rest, log);
        }
    }

    /// Whether a packet that was not seen before matches; those up to it count as seen from now on.
    pub(super) fn seen(&mut self, pattern: &Regex) -> bool {
        let unseen = self.packets.iter().enumerate().skip(self.mark);
        let hit = unseen
            .filter(|(_, packet)| pattern.is_match(packet))
            .map(|(at, _)| at)
            .next();
        if let Some(at) = hit {
            self.mark = at + 1;
        }
        hit.is_some()
    }

    /// A header's value in the newest packet that matches and has it.
    pub(super) fn newest(&self, pattern: &Regex, header: &str) -> Option<String> {
        let matching = self
            .packets
            .iter()
            .rev()
            .filter(|packet| pattern.is_match(packet));
        let value = |packet: &String| {
            let value = packet
                .lines()
                .find_map(|line| line.strip_prefix(header)?.strip_prefix(':'))?;
            Some(value.strip_prefix(' ').unwrap_or(value).to_owned())
        };
        matching.filter_map(value).next()
    }

    /// Takes the greeting and all whole packets.
    fn cut(&mut self, name: &str, log: &mut Log) {
        if !self.greeted
            && let Some(end) = find(&self.pending, b"\r\n")
        {
            self.greeted = true;
            let greeting: Vec<u8> = self.pending.drain(..end + 2).take(end).collect();
            log.add(name, Way::Received, &String::from_utf8_lossy(&greeting));
        }
        let mut from = 0;
        let pending = std::mem::take(&mut self.pending);
        while let Some(end) = find(&pending[from..], b"\r\n\r\n") {
            self.take(name, &pending[from..from + end], log);
            from += end + 4;
        }
        self.pending = pending[from..].to_vec();
    }

    fn take(&mut self, name: &str, packet: &[u8], log: &mut Log) {
        let text = String::from_utf8_lossy(packet).replace("\r\n", "\n");
        log.add(name, Way::Received, &text);
        self.packets.push(text);
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
