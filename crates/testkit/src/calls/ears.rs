//! What every phone hears, and what must hold of it.

use std::collections::{BTreeMap, BTreeSet};

use switch::ChannelId;
use switch::signal::Order;
use switch::sound::{Source, What};

/// What the far ends were told to hear, what is recorded, and whom somebody listens to.
#[derive(Debug, Default)]
pub struct Ears {
    hears: BTreeMap<ChannelId, Vec<Source>>,
    recordings: BTreeMap<u64, (ChannelId, Vec<Source>)>,
    listening: BTreeSet<ChannelId>,
    /// Orders of sound so far.
    pub orders: usize,
}

impl Ears {
    /// Takes an order; what is wrong with it.
    pub(super) fn order(&mut self, channel: ChannelId, order: &Order) -> Result<(), String> {
        self.orders += usize::from(order.is_sound());
        match order {
            Order::Hear(sources) => {
                let before = self.hears.insert(channel, sources.clone());
                if before.unwrap_or_default() == *sources {
                    return Err(format!("{channel:?} is to hear what it hears: {sources:?}"));
                }
                if sources.is_empty() {
                    self.hears.remove(&channel);
                }
            }
            Order::Record(recording) => {
                let what = (channel, recording.sources.clone());
                self.recordings.insert(recording.id, what);
            }
            Order::EndRecording(id) | Order::DropRecording(id) => {
                let began = self.recordings.remove(id);
                let wrong = || format!("recording {id} ended and had not begun");
                return began.map(drop).ok_or_else(wrong);
            }
            Order::Listen(Some(_)) => {
                self.listening.insert(channel);
            }
            Order::Listen(None) => {
                self.listening.remove(&channel);
            }
            Order::Hangup(_) => {
                self.hears.remove(&channel);
                self.listening.remove(&channel);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whoever is heard or recorded while it is not there.
    pub(super) fn ghosts(&self, is_there: impl Fn(ChannelId) -> bool) -> Vec<String> {
        let recorded = self.recordings.values().map(|(id, sources)| (id, sources));
        let pairs = self.hears.iter().chain(recorded);
        let far = pairs.flat_map(|(by, sources)| sources.iter().map(move |source| (by, source)));
        far.filter_map(|(by, source)| match source {
            Source::Far(id) if !is_there(*id) => {
                Some(format!("{by:?} hears {id:?}, which is gone"))
            }
            _ => None,
        })
        .collect()
    }

    /// Whose sound goes into each file of a channel, in words as [`Ears::heard`] has them.
    pub(super) fn recorded(
        &self,
        channel: ChannelId,
        name: impl Fn(ChannelId) -> String,
    ) -> Vec<Vec<String>> {
        let of_it = self.recordings.values().filter(|(by, _)| *by == channel);
        of_it
            .map(|(_, sources)| sources.iter().map(|source| word(source, &name)).collect())
            .collect()
    }

    /// What is left although there should be nothing.
    pub(super) fn leftovers(&self) -> Vec<String> {
        let mut left = Vec::new();
        let hears = self.hears.iter();
        left.extend(hears.map(|(id, what)| format!("{id:?} hears {what:?}")));
        let recorded = self.recordings.iter();
        left.extend(recorded.map(|(id, (by, _))| format!("recording {id} of {by:?} goes on")));
        let listening = self.listening.iter();
        left.extend(listening.map(|id| format!("somebody listens to {id:?}")));
        left
    }

    /// What a channel's far end hears, in words: `files hello`, `tones 425`, `music default`,
    /// `milliwatt`, or the channel it hears by `name`.
    pub(super) fn heard(
        &self,
        channel: ChannelId,
        name: impl Fn(ChannelId) -> String,
    ) -> Vec<String> {
        let sources = self.hears.get(&channel).into_iter().flatten();
        sources.map(|source| word(source, &name)).collect()
    }
}

/// A source in words.
fn word(source: &Source, name: &impl Fn(ChannelId) -> String) -> String {
    match source {
        Source::Far(id) => name(*id),
        Source::Play(play) => match &play.what {
            What::Files(files) => format!("files {}", files.join(" ")),
            What::Tones(tones) => format!("tones {tones}"),
            What::Music(class) => format!("music {class}"),
            What::Milliwatt => "milliwatt".to_owned(),
        },
    }
}
