//! What comes from one far end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::learn::{Learn, Verdict};
use super::output::Relayed;
use super::protected::Protected;
use super::session::Session;
use crate::codec::Codec;
use crate::dtmf::{self, Heard};
use crate::jitter::{Buffer, Sound};
use crate::rtcp::{Block, Received};
use crate::rtp::Header;
use crate::session::{Agreed, Statistics};
use crate::srtp::Opener;

/// The clock of payload types that we do not know.
const COMMON_CLOCK: u32 = 8_000;

pub(super) struct Input {
    receive: bool,
    codecs: Vec<(u8, Codec)>,
    events: Option<u8>,
    learn: Learn,
    /// Opens what comes encrypted.
    pub(super) opener: Protected<Opener>,
    /// Packets that came before there were keys.
    early: u64,
    ssrc: Option<u32>,
    received: Received,
    /// Packets, octets and losses of the sources before this one.
    totals: (u64, u64, u64),
    clock: u32,
    digits: dtmf::Receiver,
    last: Duration,
    /// How long nothing may come, without and with hold.
    patience: [Duration; 2],
    lost: bool,
    /// Middle of the NTP time of their last report, and when it came.
    pub(super) their_report: Option<(u32, Duration)>,
    pub(super) jitter: Buffer,
    /// Those whose far ends hear this one packet by packet.
    pub(super) relay: Vec<Arc<Session>>,
}

/// What came of a packet.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Whether it is the first that ever came.
    pub(super) first: bool,
    /// Digits.
    pub(super) heard: [Option<Heard>; 3],
    /// The far end is to be found there now.
    pub(super) moved: bool,
    /// Somebody who hears this cannot be sent this codec: it has to be decoded for them.
    pub(super) unfit: bool,
}

impl Input {
    pub(super) fn new(now: Duration) -> Input {
        Input {
            receive: true,
            codecs: Vec::new(),
            events: None,
            learn: Learn::default(),
            opener: Protected::Not,
            early: 0,
            ssrc: None,
            received: Received::default(),
            totals: (0, 0, 0),
            clock: COMMON_CLOCK,
            digits: dtmf::Receiver::default(),
            last: now,
            patience: [Duration::ZERO; 2],
            lost: false,
            their_report: None,
            jitter: Buffer::default(),
            relay: Vec::new(),
        }
    }

    pub(super) fn agree(&mut self, agreed: &Agreed, now: Duration) {
        self.receive = agreed.receive;
        self.codecs.clone_from(&agreed.codecs);
        self.events = agreed.events;
        if agreed.reaching.is_none() {
            self.learn.say(agreed.remote);
        }
        self.patience = agreed.patience;
        self.last = now;
        self.lost = false;
    }

    /// Checks found the far end there.
    pub(super) fn found(&mut self, at: SocketAddr) {
        self.learn.say(Some(at));
    }

    /// Opens a packet of sound where it comes encrypted; `None` where it is not theirs, or there are no keys.
    pub(super) fn open<'a>(&mut self, datagram: &'a mut [u8]) -> Option<&'a [u8]> {
        match &mut self.opener {
            Protected::By(opener) => opener.sound(datagram).ok().map(|packet| &*packet),
            Protected::Not => Some(datagram),
            Protected::NotYet => {
                self.early += 1;
                None
            }
        }
    }

    /// Opens reports, likewise.
    pub(super) fn open_reports<'a>(&mut self, datagram: &'a mut [u8]) -> Option<&'a [u8]> {
        match &mut self.opener {
            Protected::By(opener) => opener.reports(datagram).ok().map(|packet| &*packet),
            Protected::Not => Some(datagram),
            Protected::NotYet => None,
        }
    }

    /// Takes a packet of sound. Nothing is allocated where it is only relayed.
    pub(super) fn take(
        &mut self,
        from: (SocketAddr, u64),
        (header, payload): (Header, &[u8]),
        now: Duration,
        (strict, wanted): (bool, bool),
    ) -> Taken {
        let mut taken = Taken::default();
        match self.learn.take(from.0, header.sequence, now, strict) {
            Verdict::Drop => return taken,
            Verdict::Moved => taken.moved = true,
            Verdict::Accept => {}
        }
        self.last = now;
        self.lost = false;
        taken.first = self.ssrc.is_none();
        if self.ssrc != Some(header.ssrc) {
            taken.heard[0] = self.another(header.ssrc);
        }
        let codec = self.codec(header.payload_type);
        let clock = codec.map_or(self.clock, Codec::clock_rate);
        self.clock = clock;
        let octets = payload.len();
        if !self
            .received
            .count(header.sequence, header.timestamp, octets, clock, now)
        {
            return taken;
        }
        let stream = (from.1, header.ssrc);
        let Some(codec) = codec.filter(|_| self.receive && !payload.is_empty()) else {
            for to in &self.relay {
                to.output().skip(stream, header.sequence);
            }
            if self.receive
                && self.events == Some(header.payload_type)
                && let Some(event) = dtmf::Event::parse(payload)
            {
                // A new source's first packet cannot end another digit as well.
                let heard = self.digits.take(header.timestamp, event, now);
                taken.heard[0] = taken.heard[0].or(heard[0]);
                taken.heard[1..].copy_from_slice(&heard[1..]);
            }
            return taken;
        };
        for to in &self.relay {
            let relayed = to
                .output()
                .relay(&to.sound, stream, header, codec, payload, now);
            taken.unfit |= relayed == Relayed::Unfit;
        }
        if wanted {
            self.keep(header, codec, payload);
        }
        taken
    }

    fn keep(&mut self, header: Header, codec: Codec, payload: &[u8]) {
        let micros = match codec {
            Codec::Opus => 20_000,
            _ => {
                let octets_a_second = match codec {
                    Codec::Slin => 16_000,
                    Codec::Slin16 => 32_000,
                    _ => 8_000,
                };
                (payload.len() as u64 * 1_000_000 / octets_a_second) as u32
            }
        };
        let sound = Sound {
            codec,
            micros,
            payload: payload.to_vec(),
        };
        let jitter = self.jitter_span();
        self.jitter.put(header.sequence, sound, jitter);
    }

    /// The codec of a payload type: what was agreed on, or what the number has always meant.
    fn codec(&self, payload_type: u8) -> Option<Codec> {
        let agreed = self
            .codecs
            .iter()
            .find(|(number, _)| *number == payload_type);
        match agreed {
            Some((_, codec)) => Some(*codec),
            None => {
                let codec = Codec::from_payload_type(payload_type)?;
                self.codecs
                    .iter()
                    .any(|(_, known)| *known == codec)
                    .then_some(codec)
            }
        }
    }

    /// Another source talks on the same port.
    fn another(&mut self, ssrc: u32) -> Option<Heard> {
        let (packets, octets, lost) = &mut self.totals;
        *packets += self.received.packets();
        *octets += self.received.octets();
        *lost += self.received.lost();
        self.received = Received::default();
        self.ssrc = Some(ssrc);
        self.their_report = None;
        self.jitter.clear();
        self.digits.clear()
    }

    /// Ends a digit whose end was lost.
    pub(super) fn digit_over(&mut self, now: Duration, patience: Duration) -> Option<Heard> {
        match self.digits.is_active() {
            true => self.digits.tick(now, patience),
            false => None,
        }
    }

    /// Whether it is found now that nothing came for too long; said once.
    pub(super) fn is_lost(&mut self, now: Duration, holding: bool) -> bool {
        let patience = self.patience[usize::from(holding)];
        let lost = !patience.is_zero() && now.saturating_sub(self.last) >= patience;
        lost && !std::mem::replace(&mut self.lost, true)
    }

    /// What our next report says of this source.
    pub(super) fn block(&mut self, now: Duration) -> Option<Block> {
        let ssrc = self.ssrc?;
        let (report, at) = self.their_report.unwrap_or_default();
        Some(self.received.block(ssrc, report, now.saturating_sub(at)))
    }

    fn jitter_span(&self) -> Duration {
        let micros = u64::from(self.received.jitter()) * 1_000_000 / u64::from(self.clock.max(1));
        Duration::from_micros(micros)
    }

    pub(super) fn count(&self, statistics: &mut Statistics) {
        statistics.their_ssrc = self.ssrc.unwrap_or(0);
        statistics.packets[0] = self.totals.0 + self.received.packets();
        statistics.octets[0] = self.totals.1 + self.received.octets();
        statistics.lost[0] = self.totals.2 + self.received.lost();
        statistics.early = self.early;
        statistics.jitter[0] = self.jitter_span().as_secs_f64();
    }

    /// Nothing is heard any more.
    pub(super) fn finish(&mut self) {
        self.relay.clear();
        self.jitter.clear();
    }
}
