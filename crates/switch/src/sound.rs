//! What a far end is to hear: plans that the switch makes and whoever carries the sound follows.
//!
//! The switch never touches a sample. It says which channels hear which sources, and says it anew when
//! that changes; sound itself goes from far end to far end past the engine.

use std::sync::Arc;
use std::time::Duration;

use crate::{ChannelId, Text};

/// Something that can be heard. A list of sources is their mix; an empty list is silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// What comes from the far end of a driver's channel.
    Far(ChannelId),
    /// What somebody here plays.
    Play(Arc<Play>),
}

/// Something that is played from now on. Whoever ordered it knows how long it is and takes it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Play {
    /// Number that tells two plays apart: the same number goes on where it was.
    pub id: u64,
    /// What is played.
    pub what: What,
    /// How far into it the play begins.
    pub from: Duration,
    /// Language in which files are looked for first.
    pub language: Text,
}

/// What is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Sound files one after the other, by their names without ending.
    Files(Vec<Text>),
    /// Tones, in the notation of `PlayTones`: `425/1000,0/4000`, `!` before those that are not
    /// repeated, `+` and `*` between frequencies.
    Tones(Text),
    /// Music of a class, over and over; the class's own directory says which files.
    Music(Text),
    /// A pure tone of 1004 Hz at 0 dBm0.
    Milliwatt,
}

/// Sound that goes into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Number that names it in [`crate::signal::Order::EndRecording`].
    pub id: u64,
    /// Path without ending.
    pub path: Text,
    /// Ending, which says the format: `wav`, `ulaw`, `alaw`, `gsm`, `sln`, `sln16`, `g722`.
    pub format: Text,
    /// Whether it goes to the end of what the file has already.
    pub append: bool,
    /// Whose sound: a mix.
    pub sources: Vec<Source>,
}

/// Factors of the loudness of a channel's sound; 1 leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Of what comes from the far end.
    pub says: f32,
    /// Of what goes to it.
    pub hears: f32,
}

impl Default for Loudness {
    fn default() -> Loudness {
        Loudness {
            says: 1.0,
            hears: 1.0,
        }
    }
}
