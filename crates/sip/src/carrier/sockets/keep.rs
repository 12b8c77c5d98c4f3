//! How long a connection may be silent or slow, and how it is kept open.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use crate::limits::{FIRST, IDLE, SLOW};
use crate::settings::TcpKeepalive as Wanted;

/// Between two lines of the log about those who cannot be talked to.
const QUIET: Duration = Duration::from_secs(1);

/// What the connections of a transport have in common.
#[derive(Debug, Clone)]
pub(super) struct Keep {
    /// Seconds between pings of ours; 0 for none. A reload changes it for connections that are open too.
    every: Arc<AtomicU64>,
    probes: Wanted,
    refused: Arc<Mutex<Refused>>,
}

#[derive(Debug, Default)]
struct Refused {
    told: Option<Instant>,
    untold: u64,
}

impl Keep {
    /// With pings every so many seconds, and probes of the system's.
    pub(super) fn new(every: Arc<AtomicU64>, probes: Wanted) -> Keep {
        Keep {
            every,
            probes,
            refused: Arc::default(),
        }
    }

    /// Sets a socket's options.
    pub(super) fn tune(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let probes = self.probes;
        if probes.enabled {
            let keepalive = TcpKeepalive::new()
                .with_time(probes.idle)
                .with_interval(probes.interval)
                .with_retries(probes.count);
            // What a system does not know of it is no reason to do without the connection.
            let _ = SockRef::from(stream).set_tcp_keepalive(&keepalive);
        }
        Ok(())
    }

    /// Somebody could not be talked to by TLS. A scanner does not fill the log.
    pub(super) fn refused(&self, remote: SocketAddr, why: &str) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.told.is_some_and(|at| at.elapsed() < QUIET) {
            refused.untold += 1;
            return;
        }
        match std::mem::take(&mut refused.untold) {
            0 => tracing::warn!(target: "sip", "no TLS with {remote}: {why}"),
            more => tracing::warn!(target: "sip", "no TLS with {remote}: {why}; {more} before it"),
        }
        refused.told = Some(Instant::now());
    }

    fn interval(&self) -> Option<Duration> {
        match self.every.load(Ordering::Relaxed) {
            0 => None,
            seconds => Some(Duration::from_secs(seconds)),
        }
    }
}

/// When a connection's next thing is due.
#[derive(Debug)]
pub(super) struct Pace {
    keep: Keep,
    /// Whether a message came, or went.
    known: bool,
    /// When whoever has begun a message, or says nothing, is cut.
    until: Instant,
    begun: bool,
    ping: Instant,
}

/// How often a connection looks whether pings are wanted now.
const LOOK: Duration = Duration::from_secs(90);

impl Pace {
    /// Of one that was just made.
    pub(super) fn new(keep: &Keep) -> Pace {
        let now = Instant::now();
        Pace {
            keep: keep.clone(),
            known: false,
            until: now + FIRST,
            begun: false,
            ping: now + keep.interval().unwrap_or(LOOK),
        }
    }

    /// A message came whole: what is read after it is another one.
    pub(super) fn came(&mut self) {
        self.begun = false;
        self.message();
    }

    /// A message came whole, or went.
    pub(super) fn message(&mut self) {
        self.known = true;
        self.alive();
    }

    /// Somebody is there. Who has not said a word yet gains nothing by it.
    pub(super) fn alive(&mut self) {
        if self.known && !self.begun {
            self.until = Instant::now() + IDLE;
        }
    }

    /// Whether what was read last left the beginning of a message: that has to end before long, however many
    /// bytes come.
    pub(super) fn rest(&mut self, begun: bool) {
        match (self.begun, begun) {
            (false, true) => self.until = self.until.min(Instant::now() + SLOW),
            (true, false) => {
                self.begun = false;
                self.alive();
            }
            _ => {}
        }
        self.begun = begun;
    }

    /// Waits until it is time to ask whether the other side is there.
    pub(super) async fn ping(&mut self) {
        loop {
            sleep_until(self.ping).await;
            let interval = self.keep.interval();
            self.ping = Instant::now() + interval.unwrap_or(LOOK);
            if interval.is_some() && self.known {
                return;
            }
        }
    }

    /// Waits until the connection's time is over, and says why.
    pub(super) fn over(&self) -> impl Future<Output = &'static str> + use<> {
        let (until, known, begun) = (self.until, self.known, self.begun);
        async move {
            sleep_until(until).await;
            match (known, begun) {
                (_, true) => "a message does not end",
                (false, _) => "no message came",
                (true, _) => "nothing came for too long",
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a clock that jumps to whatever is waited for.
    fn timed<T>(test: impl AsyncFnOnce(&Keep, Pace) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let keep = Keep::new(Arc::new(AtomicU64::new(90)), Wanted::default());
            let pace = Pace::new(&keep);
            test(&keep, pace).await
        })
    }

    #[test]
    fn who_says_nothing_is_cut_however_often_it_pings() {
        timed(async |_, mut pace| {
            let began = Instant::now();
            pace.alive();
            assert_eq!(pace.over().await, "no message came");
            assert_eq!(began.elapsed(), FIRST);
        });
        timed(async |_, mut pace| {
            pace.message();
            let began = Instant::now();
            assert_eq!(pace.over().await, "nothing came for too long");
            assert_eq!(began.elapsed(), IDLE);
        });
    }

    #[test]
    fn a_message_ends_in_time_however_many_bytes_come() {
        timed(async |_, mut pace| {
            pace.message();
            let began = Instant::now();
            for _ in 0..20 {
                pace.rest(true);
                tokio::time::sleep(Duration::from_secs(1)).await;
                pace.alive();
            }
            assert_eq!(pace.over().await, "a message does not end");
            assert_eq!(began.elapsed(), SLOW);
            // What ends in time is followed by another whole time.
            pace.rest(false);
            let began = Instant::now();
            assert_eq!(pace.over().await, "nothing came for too long");
            assert_eq!(began.elapsed(), IDLE);
        });
    }

    #[test]
    fn who_says_one_message_after_the_other_is_not_cut() {
        timed(async |_, mut pace| {
            // Each reading ends within the next message.
            for _ in 0..100 {
                pace.came();
                pace.rest(true);
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            let began = Instant::now();
            assert_eq!(pace.over().await, "a message does not end");
            assert_eq!(began.elapsed(), SLOW - Duration::from_secs(1));
        });
    }

    #[test]
    fn who_is_known_is_asked_as_often_as_the_settings_say() {
        timed(async |keep, mut pace| {
            pace.message();
            let began = Instant::now();
            pace.ping().await;
            assert_eq!(began.elapsed(), Duration::from_secs(90));
            keep.every.store(10, Ordering::Relaxed);
            pace.ping().await;
            pace.ping().await;
            assert_eq!(began.elapsed(), Duration::from_secs(190));
            keep.every.store(0, Ordering::Relaxed);
            let never = tokio::time::timeout(Duration::from_secs(9999), pace.ping());
            assert!(never.await.is_err());
        });
    }
}
