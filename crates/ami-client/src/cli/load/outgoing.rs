//! The same request over and over, however the socket takes it.

use std::io::{ErrorKind, Write};
use std::net::TcpStream;

use crate::cli::failure::Failure;

/// Bytes that are written at once, at most.
const CHUNK: usize = 64 * 1024;

/// A request without end. Nothing is built or copied for one: all are the same bytes.
#[derive(Debug)]
pub(super) struct Outgoing {
    /// The request, repeated to fill a chunk.
    chunk: Vec<u8>,
    size: usize,
    written: u64,
}

impl Outgoing {
    pub(super) fn new(request: &[u8]) -> Self {
        let times = (CHUNK / request.len().max(1)).max(1);
        Self {
            chunk: request.repeat(times),
            size: request.len(),
            written: 0,
        }
    }

    /// How many requests the socket has begun to take.
    pub(super) fn sent(&self) -> u64 {
        self.written.div_ceil(self.size as u64)
    }

    /// Writes until `total` requests are sent or the socket takes no more; whether it took all.
    pub(super) fn send_up_to(&mut self, total: u64, stream: &TcpStream) -> Result<bool, Failure> {
        let end = total.saturating_mul(self.size as u64);
        while self.written < end {
            // The chunk is whole requests, so its length is where the pattern begins again.
            let from = (self.written % self.chunk.len() as u64) as usize;
            let rest = self.chunk.get(from..).unwrap_or_default();
            let most = usize::try_from(end - self.written).unwrap_or(usize::MAX);
            let piece = rest.get(..most.min(rest.len())).unwrap_or_default();
            match { stream }.write(piece) {
                Ok(bytes) => self.written += bytes as u64,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::Load(format!("the switch hung up: {error}"))),
            }
        }
        Ok(true)
    }
}
