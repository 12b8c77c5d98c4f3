//! A recording while it goes on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use switch::ChannelId;
use switch::sound::Recording;

use super::disk::{Disk, Write};
use super::mixing::{Feed, Mixing};
use super::session::lock;
use crate::file::Format;

pub(super) struct Tap {
    channel: ChannelId,
    id: u64,
    path: String,
    format: Format,
    appends: bool,
    closed: AtomicBool,
    /// Whether the file is deleted when it is closed.
    dropped_file: AtomicBool,
    /// Blocks that the disk was too slow for.
    dropped: AtomicU64,
    mixing: Mutex<Mixing>,
    disk: Disk,
}

impl Tap {
    /// A recording whose file begins as soon as the writer comes to it; says what is wrong with it where it
    /// cannot.
    pub(super) fn begin(
        channel: ChannelId,
        recording: &Recording,
        disk: &Disk,
    ) -> Result<Arc<Tap>, String> {
        let format = Format::from_ending(&recording.format)
            .ok_or_else(|| format!("there is no format {}", recording.format))?;
        let tap = Arc::new(Tap {
            channel,
            id: recording.id,
            path: recording.path.to_string(),
            format,
            appends: recording.append,
            closed: AtomicBool::new(false),
            dropped_file: AtomicBool::new(false),
            dropped: AtomicU64::new(0),
            mixing: Mutex::default(),
            disk: disk.clone(),
        });
        match disk.write(Write::Begin(Arc::clone(&tap))) {
            true => Ok(tap),
            false => Err("too much waits to be written".to_owned()),
        }
    }

    pub(super) fn channel(&self) -> ChannelId {
        self.channel
    }

    pub(super) fn id(&self) -> u64 {
        self.id
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn appends(&self) -> bool {
        self.appends
    }

    pub(super) fn hear(&self, feeds: Vec<Feed>) {
        lock(&self.mixing).set(feeds);
    }

    /// The file is to be deleted when it is closed.
    pub(super) fn drop_file(&self) {
        self.dropped_file.store(true, Ordering::Relaxed);
    }

    /// Whether it is.
    pub(super) fn drops_file(&self) -> bool {
        self.dropped_file.load(Ordering::Relaxed)
    }

    /// Nothing more is to be recorded; the file is closed soon.
    pub(super) fn close(&self) {
        self.end();
        // Where the queue is full the writer finds out by itself.
        self.disk.write(Write::Close);
    }

    /// Nothing more is recorded.
    pub(super) fn end(&self) {
        self.closed.store(true, Ordering::Relaxed);
        lock(&self.mixing).set(Vec::new());
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Records 20 ms, silence too. Says so when sound is lost for the first time.
    pub(super) fn tick(self: &Arc<Tap>, tick: u64) -> Option<String> {
        let mut block = Vec::new();
        lock(&self.mixing).run(tick, self.format.rate(), &mut block);
        if self.disk.write(Write::Sound(Arc::clone(self), block)) {
            return None;
        }
        let before = self.dropped.fetch_add(1, Ordering::Relaxed);
        (before == 0).then(|| "the disk is too slow: sound is missing".to_owned())
    }
}
