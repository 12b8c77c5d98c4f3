//! Something that is played, made once for all who hear it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use switch::sound::{Play, What};

use super::disk::{Disk, Stream};
use super::session::lock;
use super::shared::TICK;
use crate::mix::frame_len;
use crate::tone::Tones;

pub(super) struct Player {
    rate: u32,
    inner: Mutex<Inner>,
}

struct Inner {
    sound: Sounding,
    tick: Option<u64>,
    /// Whether the frame of that tick has sound.
    sounds: bool,
    frame: Vec<i16>,
}

enum Sounding {
    Tones(Box<Tones>),
    Stream(Arc<Stream>, Disk),
    Nothing,
}

impl Player {
    /// A player that gives samples at `rate`. `late` is how long ago the play began.
    pub(super) fn new(play: &Play, rate: u32, late: Duration, disk: &Disk) -> Player {
        let from = play.from + late;
        let sound = match &play.what {
            What::Milliwatt => Sounding::Tones(Box::new(Tones::milliwatt())),
            What::Tones(list) => match Tones::parse(list) {
                Ok(mut tones) => {
                    tones.skip(from);
                    Sounding::Tones(Box::new(tones))
                }
                Err(e) => {
                    tracing::warn!("nothing is played: {e}");
                    Sounding::Nothing
                }
            },
            What::Files(names) => {
                let stream = Stream::files(names, &play.language, rate, from);
                Sounding::Stream(Arc::new(stream), disk.clone())
            }
            What::Music(class) => {
                let stream = Stream::music(class, &play.language, rate, play.id);
                Sounding::Stream(Arc::new(stream), disk.clone())
            }
        };
        Player {
            rate,
            inner: Mutex::new(Inner {
                sound,
                tick: None,
                sounds: false,
                frame: Vec::new(),
            }),
        }
    }

    /// Writes the frame of a tick into `out`; its rate, or `None` where there is nothing to hear. A tick that
    /// is behind the newest that anybody asked for gets the newest.
    pub(super) fn frame(&self, tick: u64, out: &mut Vec<i16>) -> Option<u32> {
        let mut inner = lock(&self.inner);
        if inner.tick.is_none_or(|last| tick > last) {
            let missed = inner.tick.map_or(0, |last| tick - last - 1);
            inner.tick = Some(tick);
            inner.make(self.rate, missed);
        }
        out.clear();
        out.extend_from_slice(&inner.frame);
        inner.sounds.then_some(self.rate)
    }
}

impl Inner {
    /// Makes the next frame; `missed` are the ticks in which nobody asked for one.
    fn make(&mut self, rate: u32, missed: u64) {
        self.frame.clear();
        self.frame.resize(frame_len(rate), 0);
        self.sounds = match &mut self.sound {
            Sounding::Nothing => false,
            Sounding::Tones(tones) if tones.is_over() => false,
            Sounding::Tones(tones) => {
                if missed > 0 {
                    tones.skip(TICK * u32::try_from(missed).unwrap_or(u32::MAX));
                }
                tones.fill(rate, &mut self.frame);
                true
            }
            Sounding::Stream(stream, disk) => {
                let skip = missed.saturating_mul(frame_len(rate) as u64);
                stream.take(skip, &mut self.frame, disk)
            }
        };
    }
}
