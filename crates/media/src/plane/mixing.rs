//! Several sources made one.

use std::sync::Arc;

use super::far;
use super::player::Player;
use super::session::Session;
use crate::mix::{Resampler, Sum, frame_len};

/// Something that can be heard.
#[derive(Clone)]
pub(super) enum Feed {
    Far(Arc<Session>),
    Play(Arc<Player>),
}

impl Feed {
    fn is(&self, other: &Feed) -> bool {
        match (self, other) {
            (Feed::Far(a), Feed::Far(b)) => Arc::ptr_eq(a, b),
            (Feed::Play(a), Feed::Play(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    fn frame(&self, tick: u64, out: &mut Vec<i16>) -> Option<u32> {
        match self {
            Feed::Far(session) => far::frame(session, tick, out),
            Feed::Play(player) => player.frame(tick, out),
        }
    }
}

/// A mix of feeds, with the memory that each one's resampling needs.
#[derive(Default)]
pub(super) struct Mixing {
    inputs: Vec<(Feed, Option<Resampler>)>,
    sum: Sum,
    frame: Vec<i16>,
    resampled: Vec<i16>,
}

impl Mixing {
    /// Hears these from now on. Those that were heard before go on without a click.
    pub(super) fn set(&mut self, feeds: Vec<Feed>) {
        let mut before = std::mem::take(&mut self.inputs);
        self.inputs = feeds
            .into_iter()
            .map(
                |feed| match before.iter().position(|(old, _)| old.is(&feed)) {
                    Some(place) => before.swap_remove(place),
                    None => (feed, None),
                },
            )
            .collect();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Writes the mix of a tick into `out` at this rate: always a whole frame.
    pub(super) fn run(&mut self, tick: u64, rate: u32, out: &mut Vec<i16>) {
        self.sum.clear(frame_len(rate));
        for (feed, resampler) in &mut self.inputs {
            let Some(from) = feed.frame(tick, &mut self.frame) else {
                continue;
            };
            if from == rate {
                self.sum.add(&self.frame);
                continue;
            }
            if resampler.as_ref().map(Resampler::rates) != Some((from, rate)) {
                *resampler = Some(Resampler::new(from, rate));
            }
            if let Some(resampler) = resampler {
                self.resampled.clear();
                resampler.run(&self.frame, &mut self.resampled);
                self.sum.add(&self.resampled);
            }
        }
        self.sum.finish(out);
    }
}
