//! Waiting for many sockets at once.

use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::io::Errno;
use rustix::time::Timespec;

use crate::cli::failure::Failure;

/// Sockets that became ready in one wait, at most.
const MOST_READY: usize = 1024;

/// An epoll instance that says of each socket again and again that it is ready, until it was read empty.
/// That costs one call less for each readiness than draining it to be told of the next one would.
pub(super) struct Poll {
    epoll: OwnedFd,
    ready: Vec<Event>,
}

/// What a socket is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interest {
    Read,
    ReadAndWrite,
}

impl Interest {
    fn flags(self) -> EventFlags {
        match self {
            Self::Read => EventFlags::IN,
            Self::ReadAndWrite => EventFlags::IN | EventFlags::OUT,
        }
    }
}

impl Poll {
    pub(super) fn new() -> Result<Self, Failure> {
        Ok(Self {
            epoll: epoll::create(CreateFlags::CLOEXEC).map_err(failed)?,
            ready: Vec::with_capacity(MOST_READY),
        })
    }

    pub(super) fn add(
        &self,
        stream: &TcpStream,
        token: usize,
        interest: Interest,
    ) -> Result<(), Failure> {
        let data = EventData::new_u64(token as u64);
        epoll::add(&self.epoll, stream, data, interest.flags()).map_err(failed)
    }

    pub(super) fn change(
        &self,
        stream: &TcpStream,
        token: usize,
        interest: Interest,
    ) -> Result<(), Failure> {
        let data = EventData::new_u64(token as u64);
        epoll::modify(&self.epoll, stream, data, interest.flags()).map_err(failed)
    }

    /// The tokens of the sockets that are ready; none if that takes too long.
    pub(super) fn wait(
        &mut self,
        patience: Duration,
    ) -> Result<impl Iterator<Item = usize>, Failure> {
        let timeout = Timespec::try_from(patience).unwrap_or(Timespec {
            tv_sec: 1,
            tv_nsec: 0,
        });
        self.ready.clear();
        match epoll::wait(&self.epoll, spare_capacity(&mut self.ready), Some(&timeout)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(failed(error)),
        }
        Ok(self.ready.iter().map(|event| event.data.u64() as usize))
    }
}

fn failed(error: Errno) -> Failure {
    Failure::Io(error.into())
}
