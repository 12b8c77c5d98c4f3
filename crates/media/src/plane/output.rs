//! What goes to one far end: one stream of packets, whatever it is made of.

// Long because what goes out, sound, events and tones, shares one stream of numbers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use mio::net::UdpSocket;

use super::protected::Protected;
use super::rewrite::{Rewrite, Sent, Stream};
use super::watch::Watch;
use crate::codec::{Codec, Encoder};
use crate::dtmf::{self, Outgoing};
use crate::rtcp::{Block, Report, Sending};
use crate::rtp::{HEADER, Header};
use crate::session::{Agreed, Digits, Statistics};
use crate::srtp::{Refused, Sealer};
use crate::tone::Digit;

/// Sound that goes out after more than this without any begins a new stretch: its timestamp says how long
/// the silence was, and its marker that there was one.
const STRETCH: Duration = Duration::from_millis(70);

/// Silence of ours after which a packet goes out all the same: address translators forget a flow of which
/// they see nothing for 30 s (RFC 6263, 4.5).
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How loud our own digits are (Q.23 leaves it open): -10 dBm0 each.
const EVENT_VOLUME: u8 = 10;

pub(super) struct Output {
    send: bool,
    remote: Option<SocketAddr>,
    remote_reports: Option<SocketAddr>,
    shares_port: bool,
    one_port: bool,
    symmetric: bool,
    /// Whether the far end is where checks found it, and nowhere else.
    searched: bool,
    codecs: Vec<(u8, Codec)>,
    events: Option<u8>,
    digits_by: Digits,
    packet: Duration,
    /// Encrypts what goes out.
    pub(super) sealer: Protected<Sealer>,
    ssrc: u32,
    sent: Sent,
    sent_at: Duration,
    started: bool,
    /// Timestamp of the next frame of a stretch that we encode ourselves.
    next_timestamp: Option<u32>,
    rewrite: Rewrite,
    digits: dtmf::Sender,
    event_timestamp: u32,
    tone: Option<Digit>,
    encoder: Option<Encoder>,
    pending: Vec<i16>,
    datagram: Vec<u8>,
    packets: u64,
    octets: u64,
    /// What their reports say: lost, jitter in ticks, round trip.
    their_view: (u32, u32, Duration),
    watch: Arc<Watch>,
}

/// What became of a packet that was to be relayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relayed {
    /// It went out, or does not have to.
    Done,
    /// The far end does not take this codec.
    Unfit,
}

impl Output {
    /// Numbers begin at random (RFC 3550, 5.1).
    pub(super) fn new(random: u64, now: Duration) -> Output {
        Output {
            send: false,
            remote: None,
            remote_reports: None,
            shares_port: false,
            one_port: false,
            symmetric: false,
            searched: false,
            codecs: Vec::new(),
            events: None,
            digits_by: Digits::None,
            packet: Duration::from_millis(20),
            sealer: Protected::Not,
            ssrc: (random >> 32) as u32,
            sent: Sent {
                sequence: (random >> 17) as u16 & 0x7fff,
                timestamp: random as u32,
            },
            sent_at: now,
            started: false,
            next_timestamp: None,
            rewrite: Rewrite::default(),
            digits: dtmf::Sender::default(),
            event_timestamp: 0,
            tone: None,
            encoder: None,
            pending: Vec::new(),
            datagram: Vec::new(),
            packets: 0,
            octets: 0,
            their_view: (0, 0, Duration::ZERO),
            watch: Arc::default(),
        }
    }

    /// Whoever shows packets sees these from now on.
    pub(super) fn watched_by(&mut self, watch: Arc<Watch>) {
        self.watch = watch;
    }

    pub(super) fn agree(&mut self, agreed: &Agreed) {
        self.send = agreed.send;
        // What checks have found holds until they find it elsewhere.
        let searched = agreed.reaching.is_some();
        if !searched {
            self.remote = agreed.remote;
        } else if !self.searched {
            self.remote = None;
        }
        self.searched = searched;
        self.remote_reports = agreed.remote_reports;
        self.shares_port = agreed.shares_port;
        self.one_port = searched || agreed.securing.is_some();
        self.symmetric = agreed.symmetric && !searched;
        self.codecs.clone_from(&agreed.codecs);
        self.events = agreed.events;
        self.digits_by = agreed.digits;
        self.packet = agreed.packet;
        self.rewrite.forget();
    }

    /// Checks found the far end there.
    pub(super) fn found(&mut self, at: SocketAddr) {
        self.remote = Some(at);
    }

    /// The codec that we send.
    pub(super) fn codec(&self) -> Option<Codec> {
        self.codecs.first().map(|(_, codec)| *codec)
    }

    /// Whether the far end is on hold: it does not hear us.
    pub(super) fn is_holding(&self) -> bool {
        !self.send
    }

    /// Their sound comes from there.
    pub(super) fn moved(&mut self, to: SocketAddr) {
        if self.symmetric {
            if self.remote.map(|remote| remote.ip()) != Some(to.ip()) {
                self.remote_reports = None;
            }
            self.remote = Some(to);
        }
    }

    /// Their reports come from there.
    pub(super) fn reports_moved(&mut self, to: SocketAddr) {
        if self.symmetric && self.remote.is_some_and(|remote| remote.ip() == to.ip()) {
            self.remote_reports = Some(to);
        }
    }

    /// Sends a packet of another far end on, with our numbers.
    pub(super) fn relay(
        &mut self,
        socket: &UdpSocket,
        stream: Stream,
        header: Header,
        codec: Codec,
        payload: &[u8],
        now: Duration,
    ) -> Relayed {
        let known = self.codecs.iter().find(|(_, known)| *known == codec);
        let Some((payload_type, _)) = known.copied() else {
            return Relayed::Unfit;
        };
        if !self.send || self.remote.is_none() {
            return Relayed::Done;
        }
        if self.digits.sounds() {
            self.rewrite.skip(stream, header.sequence);
            return Relayed::Done;
        }
        let ticks = self.ticks(codec, now);
        let mapped = self
            .rewrite
            .map(stream, header.sequence, header.timestamp, self.sent, ticks);
        let Some(mapped) = mapped else {
            return Relayed::Done;
        };
        let ours = Header {
            marker: header.marker || mapped.first,
            payload_type,
            sequence: mapped.sequence,
            timestamp: mapped.timestamp,
            ssrc: self.ssrc,
        };
        self.datagram.clear();
        self.datagram.extend_from_slice(&ours.to_bytes());
        self.datagram.extend_from_slice(payload);
        self.next_timestamp = None;
        if mapped.newest {
            self.sent = Sent {
                sequence: mapped.sequence,
                timestamp: mapped.timestamp,
            };
            self.sent_at = now;
        }
        self.send(socket);
        Relayed::Done
    }

    /// A packet of a stream that is relayed has no place in ours.
    pub(super) fn skip(&mut self, stream: Stream, sequence: u16) {
        self.rewrite.skip(stream, sequence);
    }

    /// Encodes 20 ms at the codec's sample rate and sends what became full.
    pub(super) fn frame(&mut self, socket: &UdpSocket, samples: &[i16], now: Duration) {
        let Some((payload_type, codec)) = self.codecs.first().copied() else {
            return;
        };
        if !self.send || self.remote.is_none() {
            self.pending.clear();
            return;
        }
        if self.encoder.as_ref().map(Encoder::codec) != Some(codec) {
            self.encoder = Some(Encoder::new(codec));
            self.pending.clear();
        }
        self.pending.extend_from_slice(samples);
        let length = packet_len(codec, self.packet);
        while self.pending.len() >= length {
            self.rewrite.forget();
            let silent =
                self.next_timestamp.is_none() || now.saturating_sub(self.sent_at) > STRETCH;
            let timestamp = match self.next_timestamp {
                Some(next) if !silent => next,
                _ => self.sent.timestamp.wrapping_add(self.ticks(codec, now)),
            };
            self.sent = Sent {
                sequence: self.sent.sequence.wrapping_add(1),
                timestamp,
            };
            self.sent_at = now;
            let ticks =
                length as u64 * u64::from(codec.clock_rate()) / u64::from(codec.sample_rate());
            self.next_timestamp = Some(timestamp.wrapping_add(ticks as u32));
            let header = Header {
                marker: silent,
                payload_type,
                sequence: self.sent.sequence,
                timestamp,
                ssrc: self.ssrc,
            };
            self.datagram.clear();
            self.datagram.extend_from_slice(&header.to_bytes());
            let encoded = self
                .encoder
                .as_mut()
                .is_some_and(|encoder| encoder.encode(&self.pending[..length], &mut self.datagram));
            self.pending.drain(..length);
            if encoded {
                self.send(socket);
            }
        }
    }

    /// Takes a digit to be sent.
    pub(super) fn digit(&mut self, digit: char, span: Option<Duration>) {
        let sendable = self.events.is_some() || self.by_tones();
        let wanted = !matches!(self.digits_by, Digits::None | Digits::Signalled);
        if wanted && sendable && dtmf::number(digit).is_some() && !self.digits.digit(digit, span) {
            tracing::warn!("a digit is dropped: {} wait already", crate::limits::DIGITS);
        }
    }

    fn by_tones(&self) -> bool {
        match self.digits_by {
            Digits::Tones => true,
            Digits::EventsOrTones => self.events.is_none(),
            _ => false,
        }
    }

    /// Sends what this tick has of a digit. `mixed` are the samples that the far end would hear otherwise, at
    /// the codec's sample rate; a digit's tones replace them. Returns whether they may go out.
    pub(super) fn digit_tick(
        &mut self,
        socket: &UdpSocket,
        mixed: &mut Vec<i16>,
        now: Duration,
    ) -> Tick {
        if !self.digits.is_active() {
            return Tick::Free;
        }
        let Some(outgoing) = self.digits.tick() else {
            return Tick::Free;
        };
        match (self.by_tones(), self.events) {
            (false, Some(payload_type)) => {
                self.event(socket, outgoing, payload_type, now);
                Tick::Taken
            }
            _ => self.tones(outgoing, mixed),
        }
    }

    fn tones(&mut self, outgoing: Outgoing, mixed: &mut Vec<i16>) -> Tick {
        let Some(codec) = self.codec() else {
            return Tick::Taken;
        };
        let rate = codec.sample_rate();
        mixed.clear();
        mixed.resize(crate::mix::frame_len(rate), 0);
        if outgoing.first {
            self.tone = Digit::new(outgoing.digit);
        }
        if outgoing.end {
            self.tone = None;
        }
        if let Some(tone) = &mut self.tone {
            tone.fill(rate, mixed);
        }
        Tick::Tones
    }

    fn event(&mut self, socket: &UdpSocket, outgoing: Outgoing, payload_type: u8, now: Duration) {
        if self.remote.is_none() {
            return;
        }
        if outgoing.first {
            let ticks = self.codec().map_or(0, |codec| self.ticks(codec, now));
            self.event_timestamp = self.sent.timestamp.wrapping_add(ticks);
        }
        let Some(number) = dtmf::number(outgoing.digit) else {
            return;
        };
        let event = dtmf::Event {
            number,
            end: outgoing.end,
            volume: EVENT_VOLUME,
            duration: (outgoing.lasted.as_millis() * 8).min(0xffff) as u16,
        };
        for _ in 0..outgoing.times {
            self.sent.sequence = self.sent.sequence.wrapping_add(1);
            self.rewrite.inserted();
            let header = Header {
                marker: outgoing.first,
                payload_type,
                sequence: self.sent.sequence,
                timestamp: self.event_timestamp,
                ssrc: self.ssrc,
            };
            self.datagram.clear();
            self.datagram.extend_from_slice(&header.to_bytes());
            self.datagram.extend_from_slice(&event.to_bytes());
            self.send(socket);
        }
        self.next_timestamp = None;
    }

    /// Whether nothing went out for so long that something must.
    pub(super) fn must_keep_alive(&self, now: Duration) -> bool {
        self.symmetric
            && self.started
            && self.send
            && self.remote.is_some()
            && now.saturating_sub(self.sent_at) >= KEEP_ALIVE
    }

    fn send(&mut self, socket: &UdpSocket) {
        let Some(remote) = self.remote else {
            return;
        };
        let octets = (self.datagram.len() - HEADER) as u64;
        if !matches!(self.sealer, Protected::NotYet) {
            self.watch.packet(true, remote, &self.datagram);
        }
        match &mut self.sealer {
            Protected::Not => {}
            Protected::NotYet => return,
            Protected::By(sealer) => {
                match sealer.sound(&mut self.datagram) {
                    Ok(()) => {}
                    // Whoever is relayed sent one number twice: the first that came is the one.
                    Err(Refused::Replayed) => return,
                    Err(e) => {
                        tracing::warn!("a packet is not sent: {e}");
                        return;
                    }
                }
            }
        }
        // What the system cannot send now is lost like any other packet; the far end's report will say so.
        let _ = socket.send_to(&self.datagram, remote);
        self.started = true;
        self.packets += 1;
        self.octets += octets;
    }

    /// Ticks of the codec's clock since what was sent last.
    fn ticks(&self, codec: Codec, now: Duration) -> u32 {
        let micros = now.saturating_sub(self.sent_at).as_micros();
        (micros * u128::from(codec.clock_rate()) / 1_000_000) as u32
    }

    pub(super) fn sound_to(&self) -> Option<SocketAddr> {
        self.remote
    }

    pub(super) fn reports_to(&self) -> Option<SocketAddr> {
        let remote = self.remote?;
        if self.shares_port {
            return Some(remote);
        }
        // Address and keys that were found out are those of the one port.
        if self.one_port {
            return None;
        }
        let next = || Some(SocketAddr::new(remote.ip(), remote.port().checked_add(1)?));
        self.remote_reports.or_else(next)
    }

    pub(super) fn shares_port(&self) -> bool {
        self.shares_port
    }

    pub(super) fn report(&self, block: Option<Block>, now: Duration, ntp: u64) -> Option<Report> {
        if !self.started && block.is_none() {
            return None;
        }
        let ticks = self.codec().map_or(0, |codec| self.ticks(codec, now));
        let sending = self.started.then(|| Sending {
            ntp,
            timestamp: self.sent.timestamp.wrapping_add(ticks),
            packets: self.packets as u32,
            octets: self.octets as u32,
        });
        Some(Report {
            ssrc: self.ssrc,
            sending,
            blocks: block.into_iter().collect(),
        })
    }

    /// Takes what they say of what we send; the round trip where it can be told (RFC 3550, 6.4.1).
    pub(super) fn reported(&mut self, report: &Report, middle: u32) -> Option<Duration> {
        let block = report.blocks.iter().find(|block| block.ssrc == self.ssrc)?;
        self.their_view.0 = block.lost;
        self.their_view.1 = block.jitter;
        if block.last_report == 0 {
            return None;
        }
        let ticks = middle
            .wrapping_sub(block.last_report)
            .wrapping_sub(block.since_last_report);
        // Clocks that drift can make a very short trip negative.
        let ticks = if ticks > u32::MAX / 2 { 0 } else { ticks };
        let round_trip = Duration::from_micros(u64::from(ticks) * 1_000_000 / 65_536);
        self.their_view.2 = round_trip;
        Some(round_trip)
    }

    pub(super) fn count(&self, statistics: &mut Statistics) {
        let clock = self.codec().map_or(8_000, Codec::clock_rate);
        statistics.ssrc = self.ssrc;
        statistics.packets[1] = self.packets;
        statistics.octets[1] = self.octets;
        statistics.lost[1] = u64::from(self.their_view.0);
        statistics.jitter[1] = f64::from(self.their_view.1) / f64::from(clock);
        statistics.round_trip = self.their_view.2.as_secs_f64();
    }

    /// Nothing is sent any more.
    pub(super) fn finish(&mut self) {
        self.send = false;
    }
}

/// What a digit made of a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tick {
    /// Nothing: sound goes out as ever.
    Free,
    /// An event went out: no sound beside it.
    Taken,
    /// The sound was replaced by tones, which are to go out.
    Tones,
}

/// Samples of a packet: what was agreed on, at what the codec can.
fn packet_len(codec: Codec, packet: Duration) -> usize {
    let millis = match (codec, packet.as_millis().clamp(10, 60) as usize) {
        (Codec::Opus, 0..=19) => 10,
        (Codec::Opus, 20..=39) => 20,
        (Codec::Opus, 40..=59) => 40,
        (_, millis) => millis / 10 * 10,
    };
    codec.sample_rate() as usize * millis / 1_000
}
