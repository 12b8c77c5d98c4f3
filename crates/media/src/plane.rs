//! The plane: the sockets and threads that carry sound, behind one handle.
//!
//! - Packet threads read the sockets of their sessions. A packet that only has to be sent on leaves at once,
//!   from the thread that read it, with the numbers of the stream that it goes into.
//! - Mixing threads wake every 20 ms. What has to be decoded is decoded, once for all who hear it, mixed,
//!   encoded and sent.
//! - A reader and a writer do what touches files.
//!
//! Orders come from whoever drives the channels; what was found out goes to the function that the plane was
//! started with, which is called from these threads and must not wait.

mod association;
mod disk;
mod far;
mod input;
mod learn;
mod listening;
mod mixer;
mod mixing;
mod output;
mod packets;
mod player;
mod ports;
mod protected;
mod registry;
mod report;
mod rewrite;
mod session;
mod shared;
mod tap;
#[cfg(test)]
mod tests;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::Duration;

use arc_swap::ArcSwap;
use mio::{Poll, Waker};
use rustc_hash::FxHashMap;
use switch::ChannelId;
use switch::signal::Order;

pub use self::report::{Exchanged, Report};
pub use self::watch::{Watch, Whose};
pub use crate::settings::Settings;

use self::disk::Disk;
use self::mixer::Work;
use self::output::Output;
use self::session::{Session, lock};
use self::shared::{Shard, Shared};
use crate::dtls::Identity;
use crate::session::{Agreed, Line, Means, SessionId, Statistics};

/// Works that wait for a mixing thread's next tick, 20 ms away.
const NEW_WORKS: usize = 65_536;

/// Sockets and threads that carry sound. Clones are the same plane; it ends with the last of them.
#[derive(Clone)]
pub struct Plane {
    running: Arc<Running>,
}

/// What there is of everything: all zero again when the last call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Sessions that are open, each with two ports.
    pub sessions: usize,
    /// Channels that have a session.
    pub channels: usize,
    /// Plays that somebody hears.
    pub plays: usize,
    /// Recordings that go on.
    pub recordings: usize,
}

struct Running {
    shared: Arc<Shared>,
}

impl Plane {
    /// Starts the threads. `report` is called from them.
    pub fn start(
        settings: Settings,
        report: impl Fn(Report) + Send + Sync + 'static,
    ) -> io::Result<Plane> {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let threads = if settings.threads == 0 {
            cores()
        } else {
            settings.threads
        };
        let mut polls = Vec::new();
        let mut shards = Vec::new();
        for _ in 0..threads {
            let poll = Poll::new()?;
            shards.push(Shard {
                registry: poll.registry().try_clone()?,
                sessions: FxHashMap::default().into(),
                waker: Waker::new(poll.registry(), packets::WAKE)?,
            });
            polls.push(poll);
        }
        let (mixers, works): (Vec<_>, Vec<_>) = (0..threads)
            .map(|_| crossbeam_channel::bounded(NEW_WORKS))
            .unzip();
        let report: Arc<dyn Fn(Report) + Send + Sync> = Arc::new(report);
        let (disk, waiting) = Disk::new();
        let tell = Arc::clone(&report);
        let settings = Arc::new(ArcSwap::from_pointee(settings));
        disk::start(waiting, Arc::clone(&settings), move |tap, failed| {
            if let Some(why) = failed {
                tell(Report::RecordingFailed(tap.channel(), tap.id(), why));
            }
            tell(Report::RecordingClosed(tap.channel(), tap.id()));
        })?;
        let identity = Identity::generate()?;
        let shared = Shared::new(settings, report, shards, mixers, disk, identity);
        let shared = Arc::new(shared);
        let running = Arc::new(Running {
            shared: Arc::clone(&shared),
        });
        for (n, poll) in polls.into_iter().enumerate() {
            let shared = Arc::clone(&shared);
            thread::Builder::new()
                .name(format!("sound-packets-{n}"))
                .spawn(move || packets::run(&shared, n, poll))?;
        }
        for (n, works) in works.into_iter().enumerate() {
            let shared = Arc::clone(&shared);
            thread::Builder::new()
                .name(format!("sound-mix-{n}"))
                .spawn(move || mixer::run(&shared, &works))?;
        }
        Ok(Plane { running })
    }

    /// Opens a pair of ports for a call on this address: its number and the address of its RTP port. Fails
    /// where no pair is free, or as the system says.
    pub fn open(&self, local: IpAddr) -> io::Result<(SessionId, SocketAddr)> {
        let shared = self.shared();
        let sockets = ports::open(local, shared.settings().ports, shared.random())?;
        let address = sockets.0.local_addr()?;
        let now = shared.now();
        let id = {
            let mut registry = lock(&shared.registry);
            registry.count += 1;
            SessionId(registry.count)
        };
        let mut output = Output::new(shared.random(), now);
        output.watched_by(Arc::clone(&shared.watch));
        let mut session = Session::new(id, address, sockets, output, now);
        let shard = shared.shard(id);
        packets::register(shard, &mut session)?;
        let session = Arc::new(session);
        let mixer = &shared.mixers[id.0 as usize % shared.mixers.len()];
        mixer
            .try_send(Work::Session(Arc::clone(&session)))
            .map_err(|_| io::Error::other("the mixing threads are overloaded"))?;
        lock(&shared.registry)
            .sessions
            .insert(id, Arc::clone(&session));
        shard
            .sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.0, session);
        Ok((id, address))
    }

    /// Says whose channel a session is: orders to the channel's sound find it from now on.
    pub fn attach(&self, session: SessionId, channel: ChannelId) {
        lock(&self.shared().registry).attach(self.shared(), session, channel);
    }

    /// Both sides agreed, or agreed anew, on how they talk.
    pub fn agree(&self, session: SessionId, agreed: &Agreed) {
        let shared = self.shared();
        let mut registry = lock(&shared.registry);
        let Some(session) = registry.sessions.get(&session).cloned() else {
            return;
        };
        let refuse_replayed = shared.settings().refuse_replayed;
        session.agree(agreed, &shared.identity, shared.now(), refuse_replayed);
        if let Some(channel) = session.channel() {
            registry.agreed(shared, channel);
        }
    }

    /// Carries out an order for a channel's sound; other orders are none of ours. What comes before the
    /// channel has a session is kept.
    pub fn order(&self, channel: ChannelId, order: Order) {
        let shared = self.shared();
        let failed = lock(&shared.registry).order(shared, channel, order);
        if let Some((number, why)) = failed {
            (shared.report)(Report::RecordingFailed(channel, number, why));
            (shared.report)(Report::RecordingClosed(channel, number));
        }
    }

    /// Plays a digit to the far end, the way that was agreed on. `None` begins it; a span ends what was begun
    /// when it has lasted so long in all, and plays the whole digit where nothing was begun.
    pub fn digit(&self, session: SessionId, digit: char, span: Option<Duration>) {
        let session = lock(&self.shared().registry)
            .sessions
            .get(&session)
            .cloned();
        if let Some(session) = session {
            session.output().digit(digit, span);
        }
    }

    /// Drops what is kept for a channel that will have no session.
    pub fn forget(&self, channel: ChannelId) {
        lock(&self.shared().registry).forget(self.shared(), channel);
    }

    /// Closes a session, with what was counted. Its channel's recordings end; its other orders wait for another
    /// session for a while.
    pub fn close(&self, session: SessionId) -> Statistics {
        let shared = self.shared();
        let removed = lock(&shared.registry).remove(shared, session);
        shared
            .shard(session)
            .sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&session.0);
        let Some(session) = removed else {
            return Statistics::default();
        };
        let now = shared.now();
        let name = shared.settings().name.clone();
        if let Some(last) = session.report(&name, now, shared.ntp(now), true) {
            shared.watch.report(true, &last);
        }
        let counted = session.close();
        shared.watch.closed(session.local, &counted);
        counted
    }

    /// What there is to secure calls and to find their far ends.
    pub fn means(&self) -> Means {
        Means {
            fingerprint: Some(self.shared().identity.fingerprint().clone()),
            ice: self.shared().settings().ice,
        }
    }

    /// What was counted of a channel's session so far; `None` where it has none.
    pub fn counted(&self, channel: ChannelId) -> Option<Statistics> {
        let session = lock(&self.shared().registry).session_of(channel)?;
        Some(session.counted())
    }

    /// Where a channel's sound goes; `None` where it has no session.
    pub fn line(&self, channel: ChannelId) -> Option<Line> {
        let session = lock(&self.shared().registry).session_of(channel)?;
        Some(session.line())
    }

    /// What is shown of packets.
    pub fn watch(&self) -> Arc<Watch> {
        Arc::clone(&self.shared().watch)
    }

    /// Takes other settings. Sessions that are open keep their ports, and threads their number.
    pub fn configure(&self, settings: Settings) {
        self.shared().configure(settings);
    }

    /// How sound is carried.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.shared().settings())
    }

    /// How many channels something is known of.
    #[cfg(test)]
    fn known_channels(&self) -> usize {
        lock(&self.shared().registry).known()
    }

    /// What there is of everything.
    pub fn counts(&self) -> Counts {
        lock(&self.shared().registry).counts()
    }

    fn shared(&self) -> &Shared {
        &self.running.shared
    }
}

impl Shared {
    fn shard(&self, id: SessionId) -> &Shard {
        &self.shards[id.0 as usize % self.shards.len()]
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        for shard in &self.shared.shards {
            // A thread that cannot be woken ends at its next packet.
            let _ = shard.waker.wake();
        }
    }
}
