//! Sockets that events are delivered to.

use std::net::TcpStream;
use std::time::Instant;

use hdrhistogram::Histogram;

use super::count::{self, Stamps};
use super::poll::{Interest, Poll};
use super::session;
use crate::cli::failure::Failure;

/// Bytes read at once. More saves calls, less stays in the processor's cache.
const READ_SIZE: usize = 128 * 1024;

/// The sockets, and what each has got. Their tokens are their places.
pub(super) struct Listeners {
    sockets: Vec<Listener>,
    buffer: Vec<u8>,
    delivered: u64,
    cut: usize,
}

struct Listener {
    /// Gone when the switch closed it.
    stream: Option<TcpStream>,
    delivered: u64,
    stamps: Stamps,
}

impl Listeners {
    /// Takes sockets that do not block.
    pub(super) fn new(streams: Vec<TcpStream>, poll: &Poll) -> Result<Self, Failure> {
        for (token, stream) in streams.iter().enumerate() {
            poll.add(stream, token, Interest::Read)?;
        }
        let sockets = streams.into_iter().map(|stream| Listener {
            stream: Some(stream),
            delivered: 0,
            stamps: Stamps::default(),
        });
        Ok(Self {
            sockets: sockets.collect(),
            buffer: vec![0; READ_SIZE],
            delivered: 0,
            cut: 0,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.sockets.len()
    }

    /// Reads once what is there, and counts the events in it.
    pub(super) fn read(&mut self, token: usize) {
        self.read_with(token, |_, bytes| count::marks(bytes));
    }

    /// As [`Listeners::read`], and notes how late they are.
    pub(super) fn read_late(&mut self, token: usize, began: Instant, late: &mut Histogram<u64>) {
        self.read_with(token, |stamps, bytes| {
            stamps.read(bytes, nanoseconds_since(began), late)
        });
    }

    fn read_with(&mut self, token: usize, count: impl FnOnce(&mut Stamps, &[u8]) -> u64) {
        let Some(listener) = self.sockets.get_mut(token) else {
            return;
        };
        let Some(stream) = &listener.stream else {
            return;
        };
        match session::read_ready(stream, &mut self.buffer) {
            Ok(bytes) => {
                let events = count(&mut listener.stamps, bytes);
                listener.delivered += events;
                self.delivered += events;
            }
            Err(_) => {
                // Dropping the socket takes it out of the epoll set.
                listener.stream = None;
                self.cut += 1;
            }
        }
    }

    /// Events delivered to all of them together.
    pub(super) fn delivered(&self) -> u64 {
        self.delivered
    }

    /// Events that the one furthest behind has got; none left counts as all.
    pub(super) fn slowest(&self) -> u64 {
        let open = self
            .sockets
            .iter()
            .filter(|listener| listener.stream.is_some());
        open.map(|listener| listener.delivered)
            .min()
            .unwrap_or(u64::MAX)
    }

    /// How many the switch has closed.
    pub(super) fn cut(&self) -> usize {
        self.cut
    }

    /// Starts to count anew.
    pub(super) fn reset(&mut self) {
        self.delivered = 0;
        for listener in &mut self.sockets {
            listener.delivered = 0;
        }
    }
}

pub(super) fn nanoseconds_since(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
