//! What all threads of a plane have in common.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use arc_swap::{ArcSwap, Guard};
use crossbeam_channel::Sender;
use mio::Waker;
use rustc_hash::FxHashMap;

use super::disk::Disk;
use super::mixer::Work;
use super::registry::Registry;
use super::report::Report;
use super::session::Session;
use super::watch::Watch;
use crate::dtls::Identity;
use crate::dtmf::Heard;
use crate::rtcp;
use crate::settings::Settings;

/// How long a tick is.
pub(super) const TICK: Duration = Duration::from_millis(20);

pub(super) struct Shared {
    settings: Arc<ArcSwap<Settings>>,
    pub(super) report: Arc<dyn Fn(Report) + Send + Sync>,
    pub(super) registry: Mutex<Registry>,
    /// One for each packet thread.
    pub(super) shards: Vec<Shard>,
    /// One for each mixing thread.
    pub(super) mixers: Vec<Sender<Work>>,
    pub(super) disk: Disk,
    /// Our certificate in handshakes.
    pub(super) identity: Identity,
    /// Channels whose plan has to be made anew, found by a packet thread that must not do it itself.
    pub(super) unfit: Mutex<Vec<switch::ChannelId>>,
    pub(super) stop: AtomicBool,
    pub(super) watch: Arc<Watch>,
    started: Instant,
    epoch: Duration,
    random: RandomState,
    drawn: AtomicU64,
}

/// What the others need of a packet thread.
pub(super) struct Shard {
    pub(super) registry: mio::Registry,
    pub(super) sessions: RwLock<FxHashMap<u64, Arc<Session>>>,
    pub(super) waker: Waker,
}

impl Shared {
    pub(super) fn new(
        settings: Arc<ArcSwap<Settings>>,
        report: Arc<dyn Fn(Report) + Send + Sync>,
        shards: Vec<Shard>,
        mixers: Vec<Sender<Work>>,
        disk: Disk,
        identity: Identity,
    ) -> Shared {
        Shared {
            settings,
            report,
            registry: Mutex::default(),
            shards,
            mixers,
            disk,
            identity,
            unfit: Mutex::default(),
            stop: AtomicBool::new(false),
            watch: Arc::default(),
            started: Instant::now(),
            epoch: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
            random: RandomState::new(),
            drawn: AtomicU64::new(0),
        }
    }

    /// What the files say now.
    pub(super) fn settings(&self) -> Guard<Arc<Settings>> {
        self.settings.load()
    }

    pub(super) fn configure(&self, settings: Settings) {
        self.settings.store(Arc::new(settings));
    }

    /// The time since the plane was started.
    pub(super) fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// The moment of a `now` as NTP counts.
    pub(super) fn ntp(&self, now: Duration) -> u64 {
        rtcp::ntp(self.epoch + now)
    }

    /// The tick of a `now`.
    pub(super) fn tick(now: Duration) -> u64 {
        (now.as_millis() / TICK.as_millis()) as u64
    }

    /// A number that nobody can guess: source numbers, first numbers, ports. The standard library's hash has a
    /// secret key of the system's randomness.
    pub(super) fn random(&self) -> u64 {
        let mut hasher = self.random.build_hasher();
        hasher.write_u64(self.drawn.fetch_add(1, Ordering::Relaxed));
        hasher.finish()
    }

    /// Tells of digits.
    pub(super) fn heard(&self, session: &Session, heard: impl IntoIterator<Item = Heard>) {
        let Some(channel) = session.channel() else {
            return;
        };
        for heard in heard {
            (self.report)(match heard {
                Heard::Begin(digit) => Report::DigitBegin(channel, digit),
                Heard::End(digit, span) => Report::DigitEnd(channel, digit, span),
            });
        }
    }
}
