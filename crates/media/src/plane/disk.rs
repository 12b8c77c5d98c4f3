//! The threads that touch files, so that those which keep time never wait for a disk.

mod stream;
mod writing;

use std::io;
use std::sync::Arc;
use std::thread;

use arc_swap::ArcSwap;
use crossbeam_channel::{Receiver, Sender};

use super::tap::Tap;
use crate::limits;
use crate::settings::Settings;

pub(super) use self::stream::Stream;

/// The way to both threads.
#[derive(Clone)]
pub(super) struct Disk {
    reads: Sender<Arc<Stream>>,
    writes: Sender<Write>,
}

/// The threads' ends of it.
pub(super) struct Waiting {
    reads: Receiver<Arc<Stream>>,
    writes: Receiver<Write>,
}

/// What the writer is to do.
pub(super) enum Write {
    /// Begin the file of a recording.
    Begin(Arc<Tap>),
    /// Put sound behind what it has.
    Sound(Arc<Tap>, Vec<i16>),
    /// Look for recordings that are closed.
    Close,
}

impl Disk {
    pub(super) fn new() -> (Disk, Waiting) {
        let (reads, waiting_reads) = crossbeam_channel::bounded(limits::READS);
        let (writes, waiting_writes) = crossbeam_channel::bounded(limits::BLOCKS_TO_WRITE);
        let disk = Disk { reads, writes };
        let waiting = Waiting {
            reads: waiting_reads,
            writes: waiting_writes,
        };
        (disk, waiting)
    }

    /// Asks for more of a stream; false where too many ask.
    fn read(&self, stream: &Arc<Stream>) -> bool {
        self.reads.try_send(Arc::clone(stream)).is_ok()
    }

    /// Asks for something to be written; false where the disk is too slow.
    pub(super) fn write(&self, write: Write) -> bool {
        self.writes.try_send(write).is_ok()
    }
}

/// Starts both threads; they end when the last [`Disk`] is gone. `ended` hears of recordings that are
/// over, and why they could not be written.
pub(super) fn start(
    waiting: Waiting,
    settings: Arc<ArcSwap<Settings>>,
    ended: impl Fn(&Tap, Option<String>) + Send + 'static,
) -> io::Result<()> {
    let Waiting { reads, writes } = waiting;
    let current = Arc::clone(&settings);
    thread::Builder::new()
        .name("sound-read".into())
        .spawn(move || {
            for stream in reads {
                stream.fill(&settings.load());
            }
        })?;
    thread::Builder::new()
        .name("sound-write".into())
        .spawn(move || writing::run(&writes, || current.load().sounds.clone(), ended))?;
    Ok(())
}
