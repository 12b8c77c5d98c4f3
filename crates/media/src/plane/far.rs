//! What comes from a far end, decoded: frames of 20 ms, made once for all who hear them.

use crate::codec::{Codec, Decoder};
use crate::jitter::{Concealer, Next};
use crate::mix::frame_len;

use super::session::Session;

/// Frames that are kept for mixing threads that are behind the one that asked first: more than they may be
/// ([`crate::limits::TICKS_BEHIND`]).
const KEPT: usize = 8;

/// Empty ticks in a row that are filled with what was heard last.
const FILLED: u32 = 3;

#[derive(Default)]
pub(super) struct Far {
    decoder: Option<Decoder>,
    concealer: Concealer,
    samples: Vec<i16>,
    /// Ticks in a row for which there were not enough samples.
    empty: u32,
    frames: [Frame; KEPT],
}

#[derive(Default)]
struct Frame {
    /// Tick plus one; 0 for none.
    tick: u64,
    rate: Option<u32>,
    samples: Vec<i16>,
}

/// Writes the far end's frame of a tick into `out`; its rate, or `None` where it is silent.
pub(super) fn frame(session: &Session, tick: u64, out: &mut Vec<i16>) -> Option<u32> {
    session.want(tick);
    let mut far = session.far();
    let known = far.frames.iter().any(|frame| frame.tick == tick + 1);
    if !known && far.frames.iter().all(|frame| frame.tick < tick + 1) {
        far.make(session, tick);
    }
    let frame = far.frames.iter().find(|frame| frame.tick == tick + 1)?;
    out.clear();
    out.extend_from_slice(&frame.samples);
    frame.rate
}

/// Makes sound so much louder or softer; what would be too loud for its samples is as loud as they can be.
pub(super) fn louder(sound: &mut [i16], factor: f32) {
    if factor != 1.0 {
        for sample in sound {
            // A float turns into the nearest number that there is.
            *sample = (f32::from(*sample) * factor).round() as i16;
        }
    }
}

impl Far {
    fn make(&mut self, session: &Session, tick: u64) {
        let rate = self.fill(session);
        let frame = &mut self.frames[(tick % KEPT as u64) as usize];
        frame.tick = tick + 1;
        frame.rate = rate;
        frame.samples.clear();
        if let Some(rate) = rate {
            let length = frame_len(rate).min(self.samples.len());
            frame.samples.extend(self.samples.drain(..length));
            louder(&mut frame.samples, session.loudness().says);
        }
    }

    /// Sees to it that there are 20 ms of samples; their rate, or `None` where there are none.
    fn fill(&mut self, session: &Session) -> Option<u32> {
        let mut first = true;
        // A frame has at most eight packets of 2.5 ms; the bound is against packets of nothing.
        for _ in 0..16 {
            let rate = self.rate();
            if rate.is_some_and(|rate| self.samples.len() >= frame_len(rate)) {
                self.empty = 0;
                return rate;
            }
            let next = session.input().jitter.take(first);
            first = false;
            match next {
                Next::Sound(sound) => {
                    self.decode(sound.codec, &sound.payload);
                    self.empty = 0;
                }
                Next::Lost => self.conceal(),
                Next::Empty => break,
            }
        }
        self.make_up(session)
    }

    /// Fills a frame for which nothing came.
    fn make_up(&mut self, session: &Session) -> Option<u32> {
        let rate = self.rate()?;
        self.empty += 1;
        if self.empty > FILLED {
            session.input().jitter.dry();
            if self.samples.is_empty() {
                return None;
            }
            self.samples.resize(frame_len(rate), 0);
        }
        let missing = frame_len(rate).saturating_sub(self.samples.len());
        self.concealer.conceal(missing, rate, &mut self.samples);
        Some(rate)
    }

    fn decode(&mut self, codec: Codec, payload: &[u8]) {
        if self.decoder.as_ref().map(Decoder::codec) != Some(codec) {
            self.decoder = Some(Decoder::new(codec));
            self.concealer = Concealer::default();
            self.samples.clear();
        }
        let had = self.samples.len();
        let decoded = self
            .decoder
            .as_mut()
            .is_some_and(|decoder| decoder.decode(payload, &mut self.samples));
        if decoded {
            self.concealer
                .heard(&self.samples[had..], codec.sample_rate());
        } else {
            self.conceal();
        }
    }

    fn conceal(&mut self) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let rate = decoder.codec().sample_rate();
        if !decoder.conceal(frame_len(rate), &mut self.samples) {
            self.concealer
                .conceal(frame_len(rate), rate, &mut self.samples);
        }
    }

    fn rate(&self) -> Option<u32> {
        Some(self.decoder.as_ref()?.codec().sample_rate())
    }
}
