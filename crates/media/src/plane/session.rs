//! One call's sockets with all that is known of it.
//!
//! Who locks what: a mixing thread holds `listening` while it takes frames from others' `far`, which take
//! packets from `input`; a packet thread holds an `input` while it writes to others' `output`; keys are put to
//! work while `association` is held. So the order is association, listening, far, input, output, and nobody
//! holds two of a kind.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mio::net::UdpSocket;
use switch::ChannelId;
use switch::sound::Loudness;

use super::association::Association;
use super::far::Far;
use super::input::Input;
use super::listening::Listening;
use super::output::Output;
use super::protected::Protected;
use super::report::Exchanged;
use crate::dtls::Identity;
use crate::rtcp::{self, Course, Spread};
use crate::session::{Agreed, Digits, Keys, Line, SessionId, Statistics};
use crate::srtp;

/// No channel yet.
const NOBODY: u64 = u64::MAX;

pub(super) struct Session {
    pub(super) id: SessionId,
    pub(super) local: SocketAddr,
    pub(super) sound: UdpSocket,
    pub(super) reports: UdpSocket,
    channel: AtomicU64,
    closed: AtomicBool,
    /// How loud the far end is, and hears: factors, as bits.
    loudness: [AtomicU32; 2],
    /// Tick at which somebody wanted decoded sound last, plus one: packets are kept for that alone.
    wanted: AtomicU64,
    input: Mutex<Input>,
    output: Mutex<Output>,
    far: Mutex<Far>,
    listening: Mutex<Listening>,
    keys: Mutex<Option<Keys>>,
    measured: Mutex<([Course; 2], Spread)>,
    pub(super) association: Mutex<Association>,
    /// Whether anything is in there: most calls have nothing.
    is_associated: AtomicBool,
    refuse_replayed: AtomicBool,
}

/// A panic in one call's work must not take the others with it; what it left is still a valid state.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    pub(super) fn new(
        id: SessionId,
        local: SocketAddr,
        sockets: (UdpSocket, UdpSocket),
        output: Output,
        now: Duration,
    ) -> Session {
        Session {
            id,
            local,
            sound: sockets.0,
            reports: sockets.1,
            channel: AtomicU64::new(NOBODY),
            closed: AtomicBool::new(false),
            loudness: [1.0_f32, 1.0].map(|factor| AtomicU32::new(factor.to_bits())),
            wanted: AtomicU64::new(0),
            input: Mutex::new(Input::new(now)),
            output: Mutex::new(output),
            far: Mutex::default(),
            listening: Mutex::default(),
            keys: Mutex::default(),
            measured: Mutex::default(),
            association: Mutex::default(),
            is_associated: AtomicBool::new(false),
            refuse_replayed: AtomicBool::new(true),
        }
    }

    pub(super) fn channel(&self) -> Option<ChannelId> {
        let channel = self.channel.load(Ordering::Relaxed);
        (channel != NOBODY).then_some(ChannelId(channel))
    }

    pub(super) fn attach(&self, channel: ChannelId) {
        self.channel.store(channel.0, Ordering::Relaxed);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Asks for packets to be kept; says whether anybody did in the last ticks.
    pub(super) fn want(&self, tick: u64) {
        self.wanted.store(tick + 1, Ordering::Relaxed);
    }

    pub(super) fn is_wanted(&self, tick: u64) -> bool {
        self.wanted.load(Ordering::Relaxed) + 3 > tick + 1
    }

    /// How loud its far end is, and hears.
    pub(super) fn loudness(&self) -> Loudness {
        let factor = |bits: &AtomicU32| f32::from_bits(bits.load(Ordering::Relaxed));
        Loudness {
            says: factor(&self.loudness[0]),
            hears: factor(&self.loudness[1]),
        }
    }

    pub(super) fn set_loudness(&self, loudness: Loudness) {
        self.loudness[0].store(loudness.says.to_bits(), Ordering::Relaxed);
        self.loudness[1].store(loudness.hears.to_bits(), Ordering::Relaxed);
    }

    pub(super) fn input(&self) -> MutexGuard<'_, Input> {
        lock(&self.input)
    }

    pub(super) fn output(&self) -> MutexGuard<'_, Output> {
        lock(&self.output)
    }

    pub(super) fn far(&self) -> MutexGuard<'_, Far> {
        lock(&self.far)
    }

    pub(super) fn listening(&self) -> MutexGuard<'_, Listening> {
        lock(&self.listening)
    }

    /// Whether there are checks or a handshake to be done.
    pub(super) fn is_associated(&self) -> bool {
        self.is_associated.load(Ordering::Relaxed)
    }

    pub(super) fn associated(&self, is: bool) {
        self.is_associated.store(is, Ordering::Relaxed);
    }

    pub(super) fn agree(
        &self,
        agreed: &Agreed,
        identity: &Identity,
        now: Duration,
        refuse_replayed: bool,
    ) {
        self.refuse_replayed
            .store(refuse_replayed, Ordering::Relaxed);
        // Before anything can go to the address that was agreed on.
        match agreed.securing {
            Some(_) => self.lock_up(),
            None => self.encrypt(agreed.keys.as_ref()),
        }
        self.input().agree(agreed, now);
        self.output().agree(agreed);
        self.listening().tones_agreed = match agreed.digits {
            Digits::Tones => true,
            Digits::EventsOrTones => agreed.events.is_none(),
            _ => false,
        };
        if self.is_associated() || agreed.reaching.is_some() || agreed.securing.is_some() {
            self.associate(agreed, identity, now);
        }
    }

    /// Puts keys to work that a handshake made.
    pub(super) fn unlock(&self, keys: &Keys) -> Result<(), srtp::Refused> {
        let refuse_replayed = self.refuse_replayed.load(Ordering::Relaxed);
        let (sealer, opener) = srtp::start(keys, refuse_replayed)?;
        *lock(&self.keys) = Some(keys.clone());
        self.input().opener = Protected::By(opener);
        self.output().sealer = Protected::By(sealer);
        Ok(())
    }

    /// Nothing goes out or comes in until a handshake has made keys. Those that one has made hold until
    /// another does.
    fn lock_up(&self) {
        let mut input = self.input();
        if let Protected::Not = input.opener {
            input.opener = Protected::NotYet;
        }
        drop(input);
        let mut output = self.output();
        if let Protected::Not = output.sealer {
            output.sealer = Protected::NotYet;
        }
    }

    /// Puts keys to work. Those that are the same go on counting.
    fn encrypt(&self, keys: Option<&Keys>) {
        let mut known = lock(&self.keys);
        let waited = matches!(self.input().opener, Protected::NotYet);
        if known.as_ref() == keys && !waited {
            return;
        }
        known.clone_from(&keys.cloned());
        let refuse_replayed = self.refuse_replayed.load(Ordering::Relaxed);
        let (sealer, opener) = match keys.map(|keys| srtp::start(keys, refuse_replayed)) {
            None => (Protected::Not, Protected::Not),
            Some(Ok((sealer, opener))) => (Protected::By(sealer), Protected::By(opener)),
            Some(Err(e)) => {
                tracing::warn!("a call has no sound: {e}");
                *known = None;
                (Protected::NotYet, Protected::NotYet)
            }
        };
        self.input().opener = opener;
        self.output().sealer = sealer;
    }

    /// Sends a report of both directions; `None` where there is nothing to tell, or nobody to tell it to.
    pub(super) fn report(
        &self,
        name: &str,
        now: Duration,
        ntp: u64,
        bye: bool,
    ) -> Option<Exchanged> {
        let block = self.input().block(now);
        if block.is_some() {
            let counted = self.counted();
            let [course, _] = &mut lock(&self.measured).0;
            course.take(
                counted.packets[0],
                counted.lost[0],
                counted.jitter[0],
                counted.round_trip,
            );
        }
        let mut output = self.output();
        let remote = output.reports_to()?;
        let report = output.report(block, now, ntp)?;
        let mut bytes = rtcp::write(&report, name, bye)?;
        match &mut output.sealer {
            Protected::Not => {}
            Protected::NotYet => return None,
            Protected::By(sealer) => sealer.reports(&mut bytes).ok()?,
        }
        let socket = match output.shares_port() {
            true => &self.sound,
            false => &self.reports,
        };
        // A far end that is gone answers with ICMP: the next report tries again.
        socket.send_to(&bytes, remote).ok()?;
        Some(Exchanged {
            local: self.local,
            remote,
            ssrc: report.ssrc,
            sending: report.sending,
            blocks: report.blocks,
            round_trip: None,
        })
    }

    /// Takes a report of the far end.
    pub(super) fn reported(
        &self,
        datagram: &mut [u8],
        remote: SocketAddr,
        now: Duration,
        ntp: u64,
    ) -> Option<Exchanged> {
        let report = rtcp::parse(self.input().open_reports(datagram)?)?.report?;
        if let Some(sending) = report.sending {
            self.input().their_report = Some((rtcp::middle(sending.ntp), now));
        }
        let round_trip = self.output().reported(&report, rtcp::middle(ntp));
        self.measure_theirs(&report, round_trip);
        Some(Exchanged {
            local: self.local,
            remote,
            ssrc: report.ssrc,
            sending: report.sending,
            blocks: report.blocks,
            round_trip,
        })
    }

    fn measure_theirs(&self, report: &rtcp::Report, round_trip: Option<Duration>) {
        let counted = self.counted();
        if !report.blocks.iter().any(|block| block.ssrc == counted.ssrc) {
            return;
        }
        let (courses, trips) = &mut *lock(&self.measured);
        courses[1].take(
            counted.packets[1],
            counted.lost[1],
            counted.jitter[1],
            counted.round_trip,
        );
        if let Some(trip) = round_trip {
            trips.take(trip.as_secs_f64());
        }
    }

    pub(super) fn close(&self) -> Statistics {
        self.closed.store(true, Ordering::Relaxed);
        self.dissociate();
        self.listening().clear();
        self.input().finish();
        self.output().finish();
        self.counted()
    }

    /// Where its sound goes.
    pub(super) fn line(&self) -> Line {
        let output = self.output();
        Line {
            local: self.local,
            remote: output.sound_to(),
            secure: matches!(output.sealer, Protected::By(_)),
            held: output.is_holding(),
        }
    }

    /// What was counted so far.
    pub(super) fn counted(&self) -> Statistics {
        let mut statistics = Statistics::default();
        self.input().count(&mut statistics);
        self.output().count(&mut statistics);
        (statistics.courses, statistics.round_trips) = *lock(&self.measured);
        statistics
    }
}
