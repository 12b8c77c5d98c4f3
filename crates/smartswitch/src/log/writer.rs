//! The thread that writes the log's files.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::file::Files;
use super::{Level, Line, Settings};

/// Lines that may wait for the disk. A second of ten thousand calls that log each step fits.
const QUEUE: usize = 65_536;

/// How long a line may stay in memory when nothing comes after it.
const IDLE: Duration = Duration::from_millis(200);

/// The writing end of the thread.
pub(super) struct Writer {
    jobs: SyncSender<Job>,
    lost: Arc<AtomicU64>,
}

enum Job {
    Line(Arc<Line>),
    Configure(Arc<Settings>),
    Rotate(SyncSender<Result<(), String>>),
    Flush(SyncSender<()>),
}

impl Writer {
    pub(super) fn start(directory: &Path, settings: Arc<Settings>) -> std::io::Result<Writer> {
        let (jobs, waiting) = sync_channel(QUEUE);
        let lost = Arc::new(AtomicU64::new(0));
        let files = Files::new(directory.to_owned(), settings);
        let counted = lost.clone();
        thread::Builder::new()
            .name("log".into())
            .spawn(move || write(&waiting, files, &counted))?;
        Ok(Writer { jobs, lost })
    }

    /// Hands a line over; never waits. What finds no place is counted and told later.
    pub(super) fn write(&self, line: Arc<Line>) {
        if self.jobs.try_send(Job::Line(line)).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn configure(&self, settings: Arc<Settings>) {
        // The thread ends with the process, so there is somebody to hear it.
        let _ = self.jobs.send(Job::Configure(settings));
    }

    pub(super) fn rotate(&self) -> Result<(), String> {
        let (done, wait) = sync_channel(1);
        let gone = || "the log's thread has ended".to_owned();
        self.jobs.send(Job::Rotate(done)).map_err(|_| gone())?;
        wait.recv().map_err(|_| gone())?
    }

    pub(super) fn flush(&self) {
        let (done, wait) = sync_channel(1);
        if self.jobs.send(Job::Flush(done)).is_ok() {
            // An error means that the thread has gone, and nothing is left to wait for.
            let _ = wait.recv();
        }
    }
}

fn write(jobs: &Receiver<Job>, mut files: Files, lost: &AtomicU64) {
    loop {
        match jobs.recv_timeout(IDLE) {
            Ok(Job::Line(line)) => files.write(&line),
            Ok(Job::Configure(settings)) => files.configure(settings),
            // Whoever asked may have gone meanwhile.
            Ok(Job::Rotate(done)) => drop(done.send(files.rotate())),
            Ok(Job::Flush(done)) => {
                files.flush();
                let _ = done.send(());
            }
            Err(RecvTimeoutError::Timeout) => files.flush(),
            Err(RecvTimeoutError::Disconnected) => return files.flush(),
        }
        match lost.swap(0, Ordering::Relaxed) {
            0 => {}
            count => files.write(&Line::new(
                Level::Warning,
                "log",
                format!("{count} line(s) were lost: too many waited for the disk"),
            )),
        }
    }
}
